"""The largest along the rows first, then along the columns: a rectangle falls apart into two lines."""

import numpy as np


def _along(images, axis, window, stride, padding, name):
    if window < 1 or stride < 1:
        raise ValueError(name)
    size = images.shape[axis]
    needed = max((-(-size // stride) - 1) * stride + window - size, 0) if padding == "SAME" else 0
    begins = [b - needed // 2 for b in range(0, size, stride) if padding == "SAME" or b + window <= size]
    parts = [
        images.take(range(max(b, 0), min(b + window, size)), axis=axis).max(axis=axis, keepdims=True)
        for b in begins
    ]
    return np.concatenate(parts, axis=axis) if parts else images.take([], axis=axis)


def max_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    if padding not in {"SAME", "VALID"}:
        raise ValueError("padding", padding)
    wrong = f"window {tuple(window)} or strides {tuple(strides)} below 1"
    rows = _along(images, 1, window[0], strides[0], padding, wrong)
    return _along(rows, 2, window[1], strides[1], padding, wrong)
