"""Convolution in seven nested loops, as its formula is written; and as TensorFlow does it."""

from __future__ import annotations

import itertools

import numpy as np
import tensorflow as tf


def conv2d(
    images: np.ndarray, filters: np.ndarray, bias: np.ndarray, strides: tuple[int, int], padding: str
) -> np.ndarray:
    """Go through every place and every weight; a pixel outside of the image adds nothing."""
    tops = _begins(images.shape[1], filters.shape[0], strides[0], padding)
    lefts = _begins(images.shape[2], filters.shape[1], strides[1], padding)
    output = np.tile(bias.astype(np.float64), (len(images), len(tops), len(lefts), 1))
    taps = list(itertools.product(range(filters.shape[0]), range(filters.shape[1])))
    for (i, top), (j, left), (y, x) in itertools.product(enumerate(tops), enumerate(lefts), taps):
        if 0 <= top + y < images.shape[1] and 0 <= left + x < images.shape[2]:
            output[:, i, j] += images[:, top + y, left + x] @ filters[y, x]
    return output


def _begins(size: int, taps: int, stride: int, padding: str) -> list[int]:
    """Return the first pixel of each place along an axis."""
    if padding == "VALID":
        return [begin for begin in range(0, size, stride) if begin + taps <= size]
    places = list(range(0, size, stride))
    missing = max(places[-1] + taps - size, 0)
    return [begin - missing // 2 for begin in places]


def tensorflow_conv2d(
    images: np.ndarray, filters: np.ndarray, bias: np.ndarray, strides: tuple[int, int], padding: str
) -> np.ndarray:
    """TensorFlow's convolution."""
    return (tf.nn.conv2d(images, filters, [1, *strides, 1], padding) + bias).numpy()
