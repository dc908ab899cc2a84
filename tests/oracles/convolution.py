"""Convolution weight by weight: each weight times all the pixels that it ever lies on, added up."""

from __future__ import annotations

import numpy as np


def convolve_row(row: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Add up the row, moved by 0, 1, 2, ... pixels, times one weight each."""
    positions = len(row) - len(kernel) + 1
    return sum(weight * row[t : t + positions].astype(np.float64) for t, weight in enumerate(kernel))


def conv2d(images: np.ndarray, kernel: np.ndarray, bias: np.ndarray, strides: tuple[int, int]) -> np.ndarray:
    """Do the same in two dimensions; a weight of the depth and the filters is a matrix."""
    rows, columns = (images.shape[axis + 1] - kernel.shape[axis] + 1 for axis in (0, 1))
    moved = (
        images[:, y : y + rows : strides[0], x : x + columns : strides[1]].astype(np.float64) @ kernel[y, x]
        for y, x in np.ndindex(kernel.shape[:2])
    )
    return sum(moved) + bias


def same_padding(
    images: np.ndarray, size: tuple[int, int], strides: tuple[int, int]
) -> tuple[tuple[int, int], ...]:
    """Return SAME padding, ((top, bottom), (left, right)): what the last window lacks, the odd zero after."""
    # The last window begins a stride before the end; where the stride does not divide the size, less.
    left = (images.shape[axis + 1] % strides[axis] or strides[axis] for axis in (0, 1))
    lacking = (max(window - pixels, 0) for window, pixels in zip(size, left, strict=True))
    return tuple((zeros // 2, zeros - zeros // 2) for zeros in lacking)
