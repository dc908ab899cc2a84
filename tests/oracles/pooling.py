"""Pooling pixel by pixel: each window is the list of its pixels that exist."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Pair = tuple[int, int]


def max_pool(images: np.ndarray, pool_size: Pair, strides: Pair, padding: tuple[Pair, Pair]) -> np.ndarray:
    """Return the largest pixel of each window."""
    return _pool(images, pool_size, strides, padding, np.max)


def average_pool(
    images: np.ndarray, pool_size: Pair, strides: Pair, padding: tuple[Pair, Pair]
) -> np.ndarray:
    """Return the mean of the pixels of each window that exist."""
    return _pool(images.astype(np.float64), pool_size, strides, padding, np.mean)


def _pool(
    images: np.ndarray,
    pool_size: Pair,
    strides: Pair,
    padding: tuple[Pair, Pair],
    keep: Callable[..., np.ndarray],
) -> np.ndarray:
    rows, columns = (
        _windows(images.shape[axis + 1], pool_size[axis], strides[axis], padding[axis]) for axis in (0, 1)
    )
    return np.stack(
        [np.stack([keep(images[:, y][:, :, x], axis=(1, 2)) for x in columns], axis=1) for y in rows], axis=1
    )


def _windows(size: int, window: int, stride: int, padding: Pair) -> list[list[int]]:
    """Return the pixels of each window along one axis."""
    before, after = padding
    begins = range(-before, size + after - window + 1, stride)
    return [[pixel for pixel in range(begin, begin + window) if 0 <= pixel < size] for begin in begins]
