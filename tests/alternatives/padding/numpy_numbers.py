"""Answers in NumPy's numbers and in lists, with the ceiling taken by numpy.ceil."""

import numpy as np


def same_padding(size, kernel, stride):
    if min(size, kernel, stride) < 1:
        raise ValueError(f"size {size}, kernel {kernel} and stride {stride} must all be positive")
    places = np.ceil(size / stride)
    needed = np.maximum((places - 1) * stride + kernel - size, 0)
    return [np.int64(needed // 2), np.int64(np.ceil(needed / 2))]
