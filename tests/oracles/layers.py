"""Layers and networks written directly in TensorFlow's own functions, from the values of the variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

Arrays = dict[str, np.ndarray]

ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "relu": tf.nn.relu,
    "sigmoid": tf.math.sigmoid,
    "tanh": tf.math.tanh,
    "none": tf.identity,
}


def conv_layer(
    images: Any,
    filters: np.ndarray,
    biases: np.ndarray,
    stride: int = 1,
    padding: str = "SAME",
    pool: int = 1,
    pooling: str = "max",
    activation: str = "relu",
) -> Any:
    """Convolve, add the biases, pool, activate."""
    if pooling == "stride":
        stride, pool = stride * pool, 1
    layer = tf.nn.bias_add(tf.nn.convolution(images, filters, [stride, stride], padding), biases)
    if pool > 1:
        kind = {"max": "MAX", "average": "AVG"}[pooling]
        layer = tf.nn.pool(layer, [pool, pool], kind, [pool, pool], "SAME")
    return ACTIVATIONS[activation](layer)


def fully_connected_layer(
    inputs: Any, weights: np.ndarray, biases: np.ndarray, activation: str = "relu"
) -> Any:
    """Multiply, add the biases, activate."""
    return ACTIVATIONS[activation](tf.linalg.matmul(inputs, weights) + biases)


def softmax(logits: Any) -> np.ndarray:
    """TensorFlow's softmax."""
    return tf.nn.softmax(logits).numpy()


def cross_entropy(logits: Any, labels: np.ndarray) -> Any:
    """TensorFlow's mean cross-entropy."""
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))


def max_pool(images: np.ndarray, window: int, stride: int) -> np.ndarray:
    """TensorFlow's max-pooling with SAME padding."""
    return tf.nn.max_pool2d(images, window, stride, "SAME").numpy()
