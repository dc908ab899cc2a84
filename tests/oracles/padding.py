"""Padding by counting positions, and by adding and taking away pixels one at a time."""

from __future__ import annotations

import numpy as np


def output_size(size: int, kernel_size: int, strides: int, padding: str, dilation_rate: int = 1) -> int:
    """Count the positions: SAME lets the window stick out at the end, VALID does not."""
    last_weight = 0 if padding == "SAME" else (kernel_size - 1) * dilation_rate
    return sum(begin + last_weight < size for begin in range(0, size, strides))


def same_padding(size: int, kernel_size: int, strides: int) -> tuple[int, int]:
    """Add zeros one at a time, after and before the row in turn, until the last window fits."""
    before = after = 0
    while range(0, size, strides)[-1] + kernel_size > before + size + after:
        before, after = (before, after + 1) if before == after else (before + 1, after)
    return before, after


def pad_images(images: np.ndarray, padding: tuple[tuple[int, int], tuple[int, int]]) -> np.ndarray:
    """Write the images over zeros."""
    (top, bottom), (left, right) = padding
    count, height, width, channels = images.shape
    padded = np.zeros((count, top + height + bottom, left + width + right, channels), images.dtype)
    padded[:, top : top + height, left : left + width] = images
    return padded


def crop_or_pad(images: np.ndarray, height: int, width: int) -> np.ndarray:
    """Add or take away one row at a time, at the bottom and at the top in turn; likewise the columns."""
    for axis, wanted in ((1, height), (2, width)):
        for step in range(abs(wanted - images.shape[axis])):
            now, at_end = images.shape[axis], step % 2 == 0
            if now > wanted:
                images = np.delete(images, now - 1 if at_end else 0, axis)
            else:
                images = np.insert(images, now if at_end else 0, 0, axis)
    return images
