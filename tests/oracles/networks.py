"""The networks of the course, straight in TensorFlow's own functions, from the values of their variables."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from tests.oracles.layers import ACTIVATIONS, Arrays, conv_layer, fully_connected_layer


def _dense(layer: Any, arrays: Arrays, name: str, activation: str) -> Any:
    return fully_connected_layer(layer, arrays[f"{name}/kernel"], arrays[f"{name}/bias"], activation)


def _flat(layer: Any) -> Any:
    return np.reshape(layer, (len(layer), -1))


def linear(images: np.ndarray, arrays: Arrays) -> np.ndarray:
    """One layer."""
    return _dense(_flat(images), arrays, "logits", "none").numpy()


def dense(images: np.ndarray, arrays: Arrays, layers: int, activation: str = "relu") -> np.ndarray:
    """Layers of dense units."""
    layer = _flat(images)
    for number in range(1, layers + 1):
        layer = _dense(layer, arrays, f"dense{number}", activation)
    return _dense(layer, arrays, "logits", "none").numpy()


def convolutional(
    images: np.ndarray,
    arrays: Arrays,
    pools: list[int],
    hidden: bool,
    activation: str = "relu",
    pooling: str = "max",
    dropout: tuple[float, np.ndarray] | None = None,
) -> np.ndarray:
    """Convolutions, each with its pooling, then perhaps a dense layer, perhaps dropout, then logits."""
    layer: Any = images
    for number, pool_size in enumerate(pools, 1):
        kernel, bias = arrays[f"conv{number}/kernel"], arrays[f"conv{number}/bias"]
        layer = conv_layer(layer, kernel, bias, pool_size=pool_size, pooling=pooling, activation=activation)
    layer = _flat(layer)
    if hidden:
        layer = ACTIVATIONS[activation](_dense(layer, arrays, "dense1", "none"))
        if dropout:
            layer = tf.nn.experimental.stateless_dropout(layer, *dropout)
    return _dense(layer, arrays, "logits", "none").numpy()
