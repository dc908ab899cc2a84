"""Flattening: from the images that convolutions make to the rows of numbers that dense layers take.

The last pooling layer of a network hands on a batch of small images with many channels, say 7 by 7 pixels
with 36 channels each. A fully connected layer wants one row of numbers for each example: its *features*.
Flattening writes the 7 * 7 * 36 = 1764 numbers of each image in one row. No number changes, none is lost, and
the examples of the batch stay apart.

The order is that of reading: the channels of the first pixel, then those of the pixel to its right, row by
row. This is the *row-major* order of NumPy and TensorFlow, where the last axis runs fastest:

    flat[n, (row * width + column) * channels + channel] == layer[n, row, column, channel]

TensorFlow often builds a network before it meets a batch: inside a `tf.function`, your code runs once with
tensors that have a shape but no numbers yet, and what it does with them is recorded. Then height, width and
channels are known, and the batch size is `None`. The last batch may be short, or empty. So the batch size is
the one axis not to rely on: in a reshape, let `-1` stand for it.

Picture: docs/pictures/flatten.svg
Source: https://www.tensorflow.org/api_docs/python/tf/reshape
"""

from __future__ import annotations

import math

from arrays import Array, array_namespace
from jaxtyping import Num


def flatten(
    layer: Num[Array, "batch height width channels"],
) -> tuple[Num[Array, "batch features"], int]:
    """Return the layer with each example in one row, and the number of features in a row.

        features = height * width * channels

    Works on NumPy arrays and on TensorFlow tensors, inside `tf.function` too, where the batch size can be
    unknown. A NumPy array gives a NumPy array, a tensor gives a tensor.

    Args:
        layer: a batch of images; any number of them, even none. It is not changed.

    Raises:
        ValueError: for a layer that does not have four axes; the message names `layer` and its shape.

    >>> import numpy as np
    >>> flat, features = flatten(np.arange(8).reshape(2, 2, 1, 2))  # two images, each of 2 * 1 * 2 numbers
    >>> flat
    array([[0, 1, 2, 3],
           [4, 5, 6, 7]])
    >>> features
    4
    """
    ### BEGIN SOLUTION
    if len(layer.shape) != 4:
        raise ValueError(f"layer must have the axes batch, height, width, channels, not shape {layer.shape}")
    features = math.prod(layer.shape[1:])
    # The other way about, (layer.shape[0], -1), fails for no images and for an unknown number of them.
    return array_namespace(layer).reshape(layer, (-1, features)), features
    ### END SOLUTION


def unflatten(
    flat: Num[Array, "batch features"], shape: tuple[int, int, int]
) -> Num[Array, "batch height width channels"]:
    """Return the images whose numbers stand in the rows of `flat`: the inverse of `flatten`.

        images[n, row, column, channel] == flat[n, (row * width + column) * channels + channel]

    Works on NumPy arrays and on TensorFlow tensors, as `flatten` does.

    Args:
        flat: a row for each image; any number of rows, even none. It is not changed.
        shape: (height, width, channels) of each image, each at least 1.

    Raises:
        ValueError: where a row of `flat` does not have `height * width * channels` numbers, and for a number below
            1 in `shape`; the message names `shape` and its value: `shape (2, 2, 3) does not suit rows of 10`.

    >>> import numpy as np
    >>> unflatten(np.array([[1, 2, 3, 4, 5, 6]]), (2, 3, 1))[0, :, :, 0]
    array([[1, 2, 3],
           [4, 5, 6]])
    """
    ### BEGIN SOLUTION
    # Without this check, a reshape would take pixels of one example for another.
    if min(shape) < 1 or math.prod(shape) != flat.shape[1]:
        raise ValueError(f"shape {shape} does not suit rows of {flat.shape[1]}")
    return array_namespace(flat).reshape(flat, (-1, *shape))
    ### END SOLUTION
