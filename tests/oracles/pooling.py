"""Pooling pixel by pixel: each window is the list of its pixels that exist. And as TensorFlow does it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import tensorflow as tf


def pool(
    images: np.ndarray,
    window: tuple[int, int],
    strides: tuple[int, int],
    padding: str,
    keep: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray:
    """Apply `keep` to the pixels of each window, `count channels`."""
    begins = [_begins(images.shape[axis + 1], window[axis], strides[axis], padding) for axis in (0, 1)]
    answer = np.empty((len(images), len(begins[0]), len(begins[1]), images.shape[3]), np.float64)
    for row, top in enumerate(begins[0]):
        for column, left in enumerate(begins[1]):
            inside = [
                images[:, y, x]
                for y in range(top, top + window[0])
                for x in range(left, left + window[1])
                if 0 <= y < images.shape[1] and 0 <= x < images.shape[2]
            ]
            answer[:, row, column] = keep(np.stack(inside))
    return answer


def _begins(size: int, window: int, stride: int, padding: str) -> list[int]:
    """Return the first pixel of each place along an axis."""
    if padding == "VALID":
        return [begin for begin in range(0, size, stride) if begin + window <= size]
    places = list(range(0, size, stride))
    missing = max(places[-1] + window - size, 0)
    return [begin - missing // 2 for begin in places]


def max_pool(
    images: np.ndarray, window: tuple[int, int], strides: tuple[int, int], padding: str
) -> np.ndarray:
    """Return the largest pixel of each window."""
    return pool(images, window, strides, padding, lambda pixels: pixels.max(axis=0))


def average_pool(
    images: np.ndarray, window: tuple[int, int], strides: tuple[int, int], padding: str
) -> np.ndarray:
    """Return the mean of the pixels of each window that exist."""
    return pool(images, window, strides, padding, lambda pixels: pixels.mean(axis=0, dtype=np.float64))


def tensorflow_max_pool(
    images: np.ndarray, window: tuple[int, int], strides: tuple[int, int], padding: str
) -> np.ndarray:
    """TensorFlow's max pooling."""
    return tf.nn.max_pool2d(images, window, strides, padding).numpy()


def tensorflow_average_pool(
    images: np.ndarray, window: tuple[int, int], strides: tuple[int, int], padding: str
) -> np.ndarray:
    """TensorFlow's average pooling."""
    return tf.nn.avg_pool2d(images, window, strides, padding).numpy()
