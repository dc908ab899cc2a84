"""Padding as TensorFlow does it, read off its own convolutions and image functions."""

from __future__ import annotations

import numpy as np
import tensorflow as tf


def output_size(size: int, kernel: int, stride: int, padding: str, dilation: int = 1) -> int:
    """Count the outputs of TensorFlow's convolution over a row of pixels."""
    if padding == "VALID" and (kernel - 1) * dilation + 1 > size:
        return 0
    row = np.zeros((1, size, 1), np.float32)
    filters = np.zeros((kernel, 1, 1), np.float32)
    # TensorFlow takes a stride or a dilation, not both: of the dilated places, take every stride-th.
    if dilation > 1:
        return tf.nn.conv1d(row, filters, 1, padding, dilations=dilation)[:, ::stride].shape[1]
    return tf.nn.conv1d(row, filters, stride, padding).shape[1]


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Find the zeros by what TensorFlow's convolution sees of a row of ones.

    With a filter of ones, an output is the number of taps that lie inside the row. What the first
    output misses was padded before; what the last one misses, after.
    """
    row = np.ones((1, size, 1), np.float32)
    # A one-hot bank of filters tells each tap apart.
    bank = np.eye(kernel, dtype=np.float32).reshape(kernel, 1, kernel)
    taps = tf.nn.conv1d(row, bank, stride, "SAME").numpy()[0]
    first, last = taps[0], taps[-1]
    before = int(np.argmax(first)) if first.any() else 0
    after = int(np.argmax(last[::-1])) if last.any() else 0
    return before, after


def crop_or_pad(images: np.ndarray, height: int, width: int) -> np.ndarray:
    """TensorFlow's own function of that purpose."""
    return tf.image.resize_with_crop_or_pad(images, height, width).numpy()
