"""Flattening number by number."""

from __future__ import annotations

import numpy as np


def flatten(layer: np.ndarray) -> tuple[np.ndarray, int]:
    """Write each number of an image where the formula says."""
    batch, height, width, channels = layer.shape
    flat = np.zeros((batch, height * width * channels), layer.dtype)
    for row, column, channel in np.ndindex(height, width, channels):
        flat[:, (row * width + column) * channels + channel] = layer[:, row, column, channel]
    return flat, flat.shape[1]


def unflatten(flat: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """Find the position of each feature by division."""
    images = np.zeros((len(flat), *shape), flat.dtype)
    for feature in range(flat.shape[1]):
        pixel, channel = divmod(feature, shape[2])
        row, column = divmod(pixel, shape[1])
        images[:, row, column, channel] = flat[:, feature]
    return images
