"""Shapes and parameters of real layers: TensorFlow runs them on zeros, and their arrays are counted."""

from __future__ import annotations

import numpy as np
import tensorflow as tf


def conv_output_shape(
    input_shape: tuple[int, int, int],
    kernel_size: tuple[int, int],
    filters: int,
    strides: tuple[int, int],
    padding: str,
) -> tuple[int, ...]:
    """Convolve an image of zeros and look at the result."""
    image = np.zeros((1, *input_shape), np.float32)
    bank = np.zeros((*kernel_size, input_shape[2], filters), np.float32)
    return tuple(tf.nn.conv2d(image, bank, strides, padding).shape[1:])


def pool_output_shape(
    input_shape: tuple[int, int, int], pool_size: tuple[int, int], strides: tuple[int, int], padding: str
) -> tuple[int, ...]:
    """Pool an image of zeros and look at the result."""
    image = np.zeros((1, *input_shape), np.float32)
    return tuple(tf.nn.max_pool2d(image, pool_size, strides, padding).shape[1:])


def conv_parameters(kernel_size: tuple[int, int], in_channels: int, filters: int) -> tuple[int, int]:
    """Count what Keras makes for such a layer."""
    layer = tf.keras.layers.Conv2D(filters, kernel_size)
    layer.build((None, None, None, in_channels))
    return tuple(int(np.size(array)) for array in layer.get_weights())


def dense_parameters(inputs: int, units: int) -> tuple[int, int]:
    """Count what Keras makes for such a layer."""
    layer = tf.keras.layers.Dense(units)
    layer.build((None, inputs))
    return tuple(int(np.size(array)) for array in layer.get_weights())


def trace(layers: list[tuple], input_shape: tuple[int, ...]) -> list[tuple[str, tuple[int, ...], int]]:
    """Run a network of zeros on one example of zeros, and count its arrays."""
    output = tf.zeros((1, *input_shape))
    rows = []
    for layer in layers:
        arrays = []
        if layer[0] == "conv":
            arrays = [tf.zeros((layer[1], layer[1], output.shape[-1], layer[2])), tf.zeros(layer[2])]
            output = tf.nn.conv2d(output, arrays[0], 1, "SAME") + arrays[1]
        elif layer[0] == "pool":
            output = tf.nn.max_pool2d(output, layer[1], layer[1], "SAME")
        elif layer[0] == "flatten":
            output = tf.reshape(output, (1, -1))
        else:
            arrays = [tf.zeros((output.shape[-1], layer[1])), tf.zeros(layer[1])]
            output = output @ arrays[0] + arrays[1]
        parameters = sum(int(np.prod(array.shape)) for array in arrays)
        rows.append((layer[0], tuple(output.shape[1:]), parameters))
    return rows
