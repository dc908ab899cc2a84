"""Flattening number by number, and as Keras does it."""

from __future__ import annotations

import numpy as np
import tensorflow as tf


def flatten(layer: np.ndarray) -> tuple[np.ndarray, int]:
    """Read the images as one reads a page, and write down each number in turn."""
    batch, height, width, channels = layer.shape
    flat = np.zeros((batch, height * width * channels), layer.dtype)
    for n in range(batch):
        place = 0
        for row in range(height):
            for column in range(width):
                for channel in range(channels):
                    flat[n, place] = layer[n, row, column, channel]
                    place += 1
    return flat, height * width * channels


def unflatten(flat: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """Find the place of each feature by division."""
    _, width, channels = shape
    images = np.zeros((len(flat), *shape), flat.dtype)
    for feature in range(flat.shape[1]):
        pixel, channel = divmod(feature, channels)
        row, column = divmod(pixel, width)
        images[:, row, column, channel] = flat[:, feature]
    return images


def keras_flatten(layer: np.ndarray) -> tuple[np.ndarray, int]:
    """Keras' own layer."""
    flat = tf.keras.layers.Flatten()(layer).numpy()
    return flat, flat.shape[1]


def keras_unflatten(flat: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """Keras' own layer."""
    return tf.keras.layers.Reshape(shape)(flat).numpy()
