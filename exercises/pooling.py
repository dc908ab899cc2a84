"""Pooling: make an image smaller by keeping one number of each window.

A window slides over the image as a kernel does, but it has no weights: of the numbers it sees, it keeps the
largest (*max pooling*) or their mean (*average pooling*). A window of 2 by 2 that moves by 2 halves the height
and the width. What is lost is where exactly something was found; that it was found stays, which is what a
classifier wants. Each channel is pooled by itself, so their number does not change.

Padding is needed here too: without it, a window of 2 leaves the last column of 7 out. But there are no zeros
to count: a padded pixel *does not exist*. It is never the largest, not even among negative numbers, and it is
not counted in a mean. How many pixels are padded, the caller says, who has it from your `same_padding`.

Picture: docs/pictures/pooling.svg
Source: https://www.tensorflow.org/api_docs/python/tf/nn/max_pool2d and avg_pool2d
"""

from __future__ import annotations

import numpy as np
from arrays import patches
from jaxtyping import Float

# Given: ((top, bottom), (left, right)), in pixels, as for `pad_images`.
Padding = tuple[tuple[int, int], tuple[int, int]]
NO_PADDING: Padding = ((0, 0), (0, 0))


def max_pool(
    images: Float[np.ndarray, "batch height width channels"],
    pool_size: tuple[int, int] = (2, 2),
    strides: tuple[int, int] = (2, 2),
    padding: Padding = NO_PADDING,
) -> Float[np.ndarray, "batch new_height new_width channels"]:
    """Return the largest number of each window, channel by channel.

    `patches`, which is given, shows what a window sees at each position. A loop over the positions passes too.

    Args:
        images: float32 or float64.
        pool_size: of the window, (height, width), each at least 1.
        strides: pixels from one position to the next, (down, to the right), each at least 1.
        padding: how many pixels that do not exist surround the images: ((top, bottom), (left, right)).

    Raises:
        ValueError: for a window or a stride below 1, and for a window that does not fit into the padded images
            (`patches` raises both).

    >>> image = np.array([[1.0, 2.0, 0.0], [3.0, 4.0, -5.0]]).reshape(1, 2, 3, 1)
    >>> max_pool(image)[0, :, :, 0]
    array([[4.]])
    >>> max_pool(image, padding=((0, 0), (0, 1)))[0, :, :, 0]  # the second window has one column, 0 and -5
    array([[4., 0.]])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def average_pool(
    images: Float[np.ndarray, "batch height width channels"],
    pool_size: tuple[int, int] = (2, 2),
    strides: tuple[int, int] = (2, 2),
    padding: Padding = NO_PADDING,
) -> Float[np.ndarray, "batch new_height new_width channels"]:
    """Return the mean of each window, channel by channel: of the pixels that exist.

    The sum of a window that extends beyond the image is divided by the number of its pixels that lie inside, not by
    the size of the window.

    Args:
        images: float32 or float64.
        pool_size: of the window, (height, width), each at least 1.
        strides: pixels from one position to the next, (down, to the right), each at least 1.
        padding: as for `max_pool`. Each window has at least one pixel that exists.

    Raises:
        ValueError: as `max_pool`.

    >>> image = np.array([[1.0, 2.0, 6.0], [3.0, 4.0, 8.0]]).reshape(1, 2, 3, 1)
    >>> average_pool(image, padding=((0, 0), (0, 1)))[0, :, :, 0]  # (1 + 2 + 3 + 4) / 4 and (6 + 8) / 2
    array([[2.5, 7. ]])
    """
    # YOUR CODE HERE
    raise NotImplementedError()
