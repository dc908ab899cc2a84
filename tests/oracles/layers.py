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
    kernel: np.ndarray,
    bias: np.ndarray,
    strides: int = 1,
    padding: str = "SAME",
    pool_size: int = 1,
    pooling: str = "max",
    activation: str = "relu",
) -> Any:
    """Convolve, add the bias, pool, activate."""
    if pooling == "stride":
        strides, pool_size = strides * pool_size, 1
    layer = tf.nn.bias_add(tf.nn.convolution(images, kernel, [strides, strides], padding), bias)
    if pool_size > 1:
        kind = {"max": "MAX", "average": "AVG"}[pooling]
        layer = tf.nn.pool(layer, [pool_size, pool_size], kind, [pool_size, pool_size], "SAME")
    return ACTIVATIONS[activation](layer)


def fully_connected_layer(inputs: Any, kernel: np.ndarray, bias: np.ndarray, activation: str = "relu") -> Any:
    """Multiply, add the bias, activate."""
    return ACTIVATIONS[activation](tf.linalg.matmul(inputs, kernel) + bias)


def softmax(logits: Any) -> np.ndarray:
    """TensorFlow's softmax."""
    return tf.nn.softmax(logits).numpy()


def cross_entropy(logits: Any, labels: np.ndarray) -> Any:
    """TensorFlow's mean cross-entropy."""
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))


def max_pool(images: np.ndarray, pool_size: int, strides: int) -> np.ndarray:
    """TensorFlow's max-pooling with SAME padding."""
    return tf.nn.max_pool2d(images, pool_size, strides, "SAME").numpy()
