"""Shapes and parameters: how large the output of each layer is, and how many numbers it learns.

Before a network sees one image, pencil and paper tell what it is made of. An image has a height, a width and
channels. Layer by layer its shape changes:

* a convolutional layer slides each of its filters over the image. Each filter makes one channel, so the
  output has as many channels as there are filters, whatever the input had;
* a pooling layer slides a window over each channel by itself: fewer pixels, the same channels;
* flattening lays all numbers of the image in one row, `height * width * channels` of them;
* a fully connected (dense) layer makes one number for each of its units.

What a layer learns are its *parameters*: the weights and the biases. A filter reaches through all channels of
its input, so it has `kernel height * kernel width * input channels` weights, and one bias. A dense layer has
a weight from each input to each unit, and one bias for each unit. Pooling and flattening learn nothing.

Such a table shows where the parameters are. Of the 138 million of VGG-16, 103 million belong to one layer:
the first dense one, right after flattening.

Picture: docs/pictures/shapes.svg
Sources: https://arxiv.org/abs/1409.1556 for VGG (configuration D is VGG-16),
https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2 for the two kinds of padding.
"""

from __future__ import annotations

import math

from arrays import check_at_least_one
from padding import output_size

# Given: three networks in the form that `trace` takes. The first two read digits, the last photographs.

CNN = [
    ("conv", 5, 16),
    ("pool", 2),
    ("conv", 5, 36),
    ("pool", 2),
    ("flatten",),
    ("dense", 128),
    ("dense", 10),
]

# VGG for digits of 28 by 28 pixels, padded to 32 by 32 so that they can be halved four times.
VGG_FOR_DIGITS = [
    *[("conv", 3, 64)] * 2,
    ("pool", 2),
    *[("conv", 3, 128)] * 2,
    ("pool", 2),
    *[("conv", 3, 256)] * 3,
    ("pool", 2),
    *[("conv", 3, 512)] * 3,
    ("pool", 2),
    ("flatten",),
    ("dense", 4096),
    ("dense", 10),
]

# Sixteen layers with weights, for photographs of 224 by 224 pixels in three colours and 1,000 classes.
VGG16 = [
    *[("conv", 3, 64)] * 2,
    ("pool", 2),
    *[("conv", 3, 128)] * 2,
    ("pool", 2),
    *[("conv", 3, 256)] * 3,
    ("pool", 2),
    *[("conv", 3, 512)] * 3,
    ("pool", 2),
    *[("conv", 3, 512)] * 3,
    ("pool", 2),
    ("flatten",),
    ("dense", 4096),
    ("dense", 4096),
    ("dense", 1000),
]


def conv_output_shape(
    input_shape: tuple[int, int, int],
    kernel_size: tuple[int, int],
    filters: int,
    strides: tuple[int, int] = (1, 1),
    padding: str = "SAME",
) -> tuple[int, int, int]:
    """Return the shape (height, width, channels) that a convolutional layer makes of one image.

    Height and width count the positions of the kernel, each axis by itself: that is the `output_size` that you
    wrote in `padding`. Each filter makes one channel, a *feature map*: the channels are as many as the filters.

    Args:
        input_shape: the image's (height, width, channels).
        kernel_size: (height, width) of each filter, in pixels.
        filters: how many filters the layer has.
        strides: (down, to the right), in pixels from one position to the next.
        padding: "SAME" or "VALID".

    Raises:
        ValueError: for fewer filters than 1 (the message names `filters` and its value; `check_at_least_one` does
            that), and wherever `output_size` raises one.

    >>> conv_output_shape((28, 28, 1), (5, 5), 16)
    (28, 28, 16)
    >>> conv_output_shape((28, 20, 3), (5, 3), 8, strides=(2, 1), padding="VALID")
    (12, 18, 8)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def pool_output_shape(
    input_shape: tuple[int, int, int],
    pool_size: tuple[int, int],
    strides: tuple[int, int],
    padding: str,
) -> tuple[int, int, int]:
    """Return the shape (height, width, channels) that a pooling layer makes of one image.

    The window slides as a kernel does, but over each channel by itself: the output has the channels of the
    input.

    Args:
        input_shape: the image's (height, width, channels).
        pool_size: (height, width) of the window, in pixels.
        strides: (down, to the right), in pixels from one position to the next.
        padding: "SAME" or "VALID".

    Raises:
        ValueError: wherever `output_size` raises one.

    >>> pool_output_shape((28, 28, 16), (2, 2), (2, 2), "SAME")
    (14, 14, 16)
    >>> pool_output_shape((7, 7, 36), (2, 2), (2, 2), "VALID")  # the last row and column are left over
    (3, 3, 36)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def conv_parameters(kernel_size: tuple[int, int], in_channels: int, filters: int) -> tuple[int, int]:
    """Return (number of weights, number of biases) of a convolutional layer.

    One filter has a weight for each pixel of the kernel in each channel of its input, and one bias, which is
    added wherever the filter is. The size of the image and the stride do not matter: that a few weights serve
    all positions is what makes a convolutional layer small.

    Args:
        kernel_size: (height, width) of each filter, in pixels.
        in_channels: channels of the input.
        filters: how many filters the layer has.

    Raises:
        ValueError: for a number below 1; the message names the argument and its value.

    >>> conv_parameters((3, 3), 3, 64)  # the first layer of VGG: 3 * 3 * 3 * 64 weights
    (1728, 64)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def dense_parameters(inputs: int, units: int) -> tuple[int, int]:
    """Return (number of weights, number of biases) of a fully connected layer.

    Each unit has a weight for each input, and one bias.

    Args:
        inputs: how many numbers come in.
        units: how many numbers go out.

    Raises:
        ValueError: for a number below 1; the message names the argument and its value.

    >>> dense_parameters(784, 10)
    (7840, 10)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def trace(layers: list[tuple], input_shape: tuple[int, ...]) -> list[tuple[str, tuple[int, ...], int]]:
    """Return the table of a network: what each layer puts out and how many parameters it has.

    Each layer takes what the layer before it put out. It is a tuple that begins with its kind:

        ("conv", 5, 16)   16 filters of 5 by 5, stride 1, SAME padding   takes (height, width, channels)
        ("pool", 2)       a window of 2 by 2, stride 2 (the window's size), SAME padding     likewise
        ("flatten",)      all numbers of the image in one row                                likewise
        ("dense", 128)    128 units                                       takes (features,)

    The output of "flatten" has the shape `(height * width * channels,)`, that of "dense" `(units,)`.

    Args:
        layers: the layers from the input to the output; there may be none.
        input_shape: (height, width, channels) of an image, or (features,) of a row of numbers.

    Returns:
        A row for each layer, in order: (its kind, the shape of its output, its number of weights and biases
        together).

    Raises:
        ValueError: for a layer of another kind, and for a layer that cannot take what comes in, such as
            "dense" before "flatten" or "pool" after it; the message says `layer` and shows it, as in
            `layer ('dense', 10) cannot take an input of shape (7, 7, 36)`. For a number below 1, in a layer
            or in `input_shape`, with a message as from the functions above.

    >>> for row in trace(CNN, (28, 28, 1)):
    ...     print(*row)
    conv (28, 28, 16) 416
    pool (14, 14, 16) 0
    conv (14, 14, 36) 14436
    pool (7, 7, 36) 0
    flatten (1764,) 0
    dense (128,) 225920
    dense (10,) 1290
    >>> sum(parameters for _, _, parameters in trace(VGG16, (224, 224, 3)))
    138357544
    """
    # YOUR CODE HERE
    raise NotImplementedError()
