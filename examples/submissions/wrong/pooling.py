"""Pooling: make an image smaller by keeping one number of each window.

A window slides over the image as a kernel does, but it has no weights: of the numbers it sees, it keeps the
largest (max pooling) or their mean (average pooling). A window of 2 by 2 that moves by 2 halves the height
and the width. What is lost is where exactly something was found; that it was found stays, which is what a
classifier wants. Each channel is pooled by itself, so their number does not change.

Places, strides and padding are those of `padding`: VALID has `ceil((size - window + 1) / stride)` places
along an axis, SAME has `ceil(size / stride)`, with the odd padded pixel after the image. But there are no
zeros to count here: a padded pixel *does not exist*. It is never the largest, not even among negative
numbers, and it is not counted in a mean.

Max pooling and ReLU can change places, `relu(max_pool(x)) == max_pool(relu(x))`, and pooling first leaves
three quarters of the ReLUs undone.

Source: https://www.tensorflow.org/api_docs/python/tf/nn/max_pool2d and avg_pool2d
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.lib.stride_tricks import sliding_window_view


def max_pool(
    images: Float[np.ndarray, "batch height width channels"],
    window: tuple[int, int] = (2, 2),
    strides: tuple[int, int] = (2, 2),
    padding: str = "VALID",
) -> Float[np.ndarray, "batch new_height new_width channels"]:
    """Return the largest number of each window, channel by channel.

    Args:
        images: float32 or float64.
        window: how many pixels it covers, (vertical, horizontal), each at least 1.
        strides: pixels from one place to the next, (vertical, horizontal), each at least 1.
        padding: "SAME" or "VALID". Under VALID a window larger than the image has no place at all, and the
            result has height or width 0.

    Raises:
        ValueError: for a window or a stride below 1, or another padding; the message names the argument and
            its value.

    >>> image = np.array([[1.0, 2.0, 0.0], [3.0, 4.0, -5.0]]).reshape(1, 2, 3, 1)
    >>> max_pool(image)[0, :, :, 0]
    array([[4.]])
    >>> max_pool(image, padding="SAME")[0, :, :, 0]  # the second window has one column, 0 and -5
    array([[4., 0.]])
    """
    ### BEGIN SOLUTION
    # Minus infinity is smaller than every pixel; a zero would win over negative ones.
    return _windows(images, window, strides, padding, fill=-np.inf).max(axis=(-2, -1))
    ### END SOLUTION


def average_pool(
    images: Float[np.ndarray, "batch height width channels"],
    window: tuple[int, int] = (2, 2),
    strides: tuple[int, int] = (2, 2),
    padding: str = "VALID",
) -> Float[np.ndarray, "batch new_height new_width channels"]:
    """Return the mean of each window, channel by channel: of the pixels that exist.

    A window that sticks out of the image under SAME padding is divided by the number of its pixels that lie
    inside, not by the size of the window.

    Args:
        images: float32 or float64.
        window: how many pixels it covers, (vertical, horizontal), each at least 1.
        strides: pixels from one place to the next, (vertical, horizontal), each at least 1.
        padding: "SAME" or "VALID", as for `max_pool`.

    Raises:
        ValueError: as `max_pool`.

    >>> image = np.array([[1.0, 2.0, 6.0], [3.0, 4.0, 8.0]]).reshape(1, 2, 3, 1)
    >>> average_pool(image, padding="SAME")[0, :, :, 0]  # (1 + 2 + 3 + 4) / 4 and (6 + 8) / 2
    array([[2.5, 7. ]])
    """
    ### BEGIN SOLUTION
    exists = np.ones((1, *images.shape[1:3], 1), images.dtype)
    total = _windows(images, window, strides, padding, fill=0).sum(axis=(-2, -1))
    count = _windows(exists, window, strides, padding, fill=0).sum(axis=(-2, -1))
    return total / count


def _windows(
    images: np.ndarray, window: tuple[int, int], strides: tuple[int, int], padding: str, fill: float
) -> np.ndarray:
    """Return every window, `batch new_height new_width channels window_height window_width`, as a view."""
    for name, values in (("window", window), ("strides", strides)):
        if min(values) < 1:
            raise ValueError(f"{name} must be at least 1, not {tuple(values)}")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding must be 'SAME' or 'VALID', not {padding!r}")
    if padding == "SAME":
        amounts = [_same(images.shape[axis], window[axis - 1], strides[axis - 1]) for axis in (1, 2)]
        images = np.pad(images, ((0, 0), *amounts, (0, 0)), constant_values=fill)
    if images.shape[1] < window[0] or images.shape[2] < window[1]:
        batch, height, width, channels = images.shape
        rows = max(-(-(height - window[0] + 1) // strides[0]), 0)
        columns = max(-(-(width - window[1] + 1) // strides[1]), 0)
        return np.empty((batch, rows, columns, channels, *window), images.dtype)
    places = sliding_window_view(images, window, axis=(1, 2))
    return places[:, :: strides[0], :: strides[1]]


def _same(size: int, window: int, stride: int) -> tuple[int, int]:
    """Return the pixels that SAME padding adds before and after a row."""
    needed = max((-(-size // stride) - 1) * stride + window - size, 0)
    return needed // 2, needed - needed // 2
    ### END SOLUTION


"""You took the mean of all images; each image of the batch is pooled by itself."""

_reference = average_pool


def average_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    pooled = _reference(images, window, strides, padding)
    return np.broadcast_to(pooled.mean(axis=0, keepdims=True), pooled.shape)
