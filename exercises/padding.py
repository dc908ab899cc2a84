"""Padding and stride: how large the output of a sliding window is, and where the zeros go.

A *kernel* is a small window of numbers, its *weights*. One of size 3 slides over a row of 5 pixels. Without
*padding* it fits in three positions, so the row shrinks to 3. Two more pixels, one at each end, keep it at 5.
A *stride* of 2 takes every second position.
These are the two kinds of padding that TensorFlow and Keras name:

* `VALID`: no padding. The window must fit inside the image.
* `SAME`: as many zeros as it takes for the output to have `ceil(size / strides)` positions, whatever the
  kernel. With stride 1 the output has the size of the input, hence the name.

Picture: docs/pictures/padding.svg
Source of the formulas: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
"""

from __future__ import annotations

import math

import numpy as np
from arrays import check_at_least_one, check_padding
from jaxtyping import Num


def output_size(size: int, kernel_size: int, strides: int, padding: str, dilation_rate: int = 1) -> int:
    """Return how many positions a window has along one axis.

    A *dilated* kernel skips pixels: its weights stand `dilation_rate` pixels apart, so it covers
    `span = (kernel_size - 1) * dilation_rate + 1` pixels. Then

        VALID:  ceil((size - span + 1) / strides)
        SAME:   ceil(size / strides)

    `math.ceil` rounds up.

    Args:
        size: pixels along the axis, at least 1.
        kernel_size: weights of the kernel along the axis, at least 1.
        strides: pixels from one position to the next, at least 1.
        padding: "SAME" or "VALID".
        dilation_rate: pixels from one weight to the next, at least 1.

    Raises:
        ValueError: for a number below 1 or another padding; the message names the argument and its value
            (`check_at_least_one` and `check_padding`, which are given, do that). For a window that does not fit
            under VALID: where `span` is larger than `size`; the message names `kernel_size` and its value.

    >>> output_size(5, 3, 1, "VALID")
    3
    >>> output_size(5, 3, 2, "SAME")
    3
    >>> output_size(7, 3, 1, "VALID", dilation_rate=2)
    3
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def same_padding(size: int, kernel_size: int, strides: int) -> tuple[int, int]:
    """Return how many zeros SAME padding puts before and after a row of pixels.

    The last of the `ceil(size / strides)` positions begins at pixel `(ceil(size / strides) - 1) * strides` and
    covers `kernel_size` pixels. What sticks out beyond `size` is the padding that is needed in all. It is
    divided evenly; if it is odd, the extra zero goes *after* the row. A stride longer than the
    kernel can leave nothing to pad: never less than 0.

    Args:
        size: pixels along the axis, at least 1.
        kernel_size: weights of the kernel along the axis, at least 1.
        strides: pixels from one position to the next, at least 1.

    Raises:
        ValueError: for a number below 1; the message names the argument and its value.

    >>> same_padding(5, 3, 1)  # five positions, the last begins at pixel 4 and needs pixel 6: two zeros
    (1, 1)
    >>> same_padding(6, 3, 2)  # three positions, the last begins at pixel 4 and needs pixel 6: one zero
    (0, 1)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def pad_images(
    images: Num[np.ndarray, "batch height width channels"],
    padding: tuple[tuple[int, int], tuple[int, int]],
) -> Num[np.ndarray, "batch padded_height padded_width channels"]:
    """Return a copy of the images with zeros around each.

    Args:
        images: any number of images, any dtype, which is kept.
        padding: `((top, bottom), (left, right))`, in pixels, none below 0.

    Raises:
        ValueError: for a negative number; the message names `padding` and the number, or all of it.

    >>> pad_images(np.array([[[[1], [2]]]]), ((0, 1), (1, 0)))[0, :, :, 0]
    array([[0, 1, 2],
           [0, 0, 0]])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def crop_or_pad(
    images: Num[np.ndarray, "batch height width channels"], height: int, width: int
) -> Num[np.ndarray, "batch {height} {width} channels"]:
    """Return the images brought to `height` by `width`: cropped or padded with zeros, centred.

    Each axis on its own: one may be cropped while the other is padded. Where an odd number of pixels is
    added or taken away, the extra one is at the end (the bottom, the right). Handwritten digits of 28 by
    28 become 32 by 32 in this way before a network halves them again and again.

    Args:
        images: any number of images, any dtype, which is kept.
        height: pixels from top to bottom in the result, at least 1.
        width: pixels from left to right in the result, at least 1.

    Raises:
        ValueError: for a size below 1; the message names the argument and its value.

    >>> crop_or_pad(np.ones((1, 28, 28, 1)), 32, 32).shape
    (1, 32, 32, 1)
    >>> crop_or_pad(np.arange(5).reshape(1, 1, 5, 1), 1, 2)[0, 0, :, 0]
    array([1, 2])
    """
    # YOUR CODE HERE
    raise NotImplementedError()
