"""Convolution: a small kernel slides over an image, and at each position says how much it finds of itself.

A *kernel* is a small image of *weights*. Laid over a patch of the image, it gives a dot product: every
weight times the pixel under it, all added up. The same few weights are used at every position, so a kernel that
has learned an edge finds it wherever it is (*translation equivariance*), and each output depends on a small
patch only, its *receptive field* (*local connectivity*).

A *filter* is a kernel for the whole depth of the image: for a colour image it has three layers, and the sum runs
over them too. Each filter makes one channel of the output, a *feature map*.

In mathematics a convolution turns the kernel upside down first. Deep learning does not, because the weights
are learned anyway; what it calls convolution is a *cross-correlation*.

Picture: docs/pictures/convolution.svg
Sources: https://www.tensorflow.org/api_docs/python/tf/nn/conv2d,
https://cs231n.github.io/convolutional-networks/#conv
"""

from __future__ import annotations

import numpy as np
from arrays import patches
from jaxtyping import Float


def convolve_row(
    row: Float[np.ndarray, " size"], kernel: Float[np.ndarray, " kernel_size"]
) -> Float[np.ndarray, " positions"]:
    """Return the dot product of the kernel with every stretch of the row into which it fits.

    One dimension, one channel, stride 1, no padding: the smallest convolution there is.

        output[i] = sum over t of row[i + t] * kernel[t],    i = 0 ... size - kernel_size

    Args:
        row: pixels.
        kernel: weights, at least one. Not turned around.

    Returns:
        `size - kernel_size + 1` numbers.

    Raises:
        ValueError: for a kernel without weights, or with more of them than the row has pixels; the message
            names `kernel`.

    >>> convolve_row(np.array([0.0, 1.0, 2.0, 4.0]), np.array([-1.0, 1.0]))  # 1-0, 2-1, 4-2
    array([1., 1., 2.])
    """
    ### BEGIN SOLUTION
    positions = len(row) - len(kernel) + 1
    if not 1 <= positions <= len(row):
        raise ValueError(f"kernel of {len(kernel)} weights does not fit into a row of {len(row)} pixels")
    return np.array([row[i : i + len(kernel)] @ kernel for i in range(positions)])
    ### END SOLUTION


def conv2d(
    images: Float[np.ndarray, "batch height width in_channels"],
    kernel: Float[np.ndarray, "kernel_height kernel_width in_channels filters"],
    bias: Float[np.ndarray, " filters"],
    strides: tuple[int, int] = (1, 1),
) -> Float[np.ndarray, "batch new_height new_width filters"]:
    """Return what every filter finds at every position of every image.

        output[n, i, j, f] = bias[f] + sum over y, x, c of
            images[n, i * strides[0] + y, j * strides[1] + x, c] * kernel[y, x, c, f]

    There is no padding here. For SAME, pad the images first, with what you wrote in `padding`:

        rows, columns = same_padding(height, 3, 1), same_padding(width, 3, 1)
        conv2d(pad_images(images, (rows, columns)), kernel, bias)

    As a loop:

        for i in range(new_height):
            for j in range(new_width):
                patch = images[:, i * strides[0] : ..., j * strides[1] : ..., :]  # batch, y, x, c
                for f in range(filters):
                    output[:, i, j, f] = (patch * kernel[:, :, :, f]).sum(axis=(1, 2, 3)) + bias[f]

    A loop passes the tests. Much faster is an answer without one: `patches`, which is given, shows all patches
    at once, and `np.einsum` or `np.tensordot` adds the products up.

    Args:
        images: float32 or float64, padded already.
        kernel: weights; not turned around.
        bias: one number for each filter.
        strides: pixels from one position to the next, (down, to the right), each at least 1.

    Raises:
        ValueError: for a kernel whose number of channels is not that of the images (the message names `kernel`
            and its shape; a sum over other axes would raise nothing), for a stride below 1 or a kernel that does
            not fit into the images (`patches` raises those two).

    >>> image = np.arange(9.0).reshape(1, 3, 3, 1)
    >>> conv2d(image, np.ones((2, 2, 1, 1)), np.zeros(1))[0, :, :, 0]  # 0 + 1 + 3 + 4 = 8, ...
    array([[ 8., 12.],
           [20., 24.]])
    """
    ### BEGIN SOLUTION
    if kernel.shape[2] != images.shape[3]:
        raise ValueError(f"kernel must have {images.shape[3]} input channels, not the shape {kernel.shape}")
    found = patches(images, kernel.shape[:2], strides)  # batch, new_height, new_width, y, x, in_channels
    return np.tensordot(found, kernel, axes=3) + bias
    ### END SOLUTION


def vertical_edge_filter(size: int = 3) -> Float[np.ndarray, "{size} {size} 1 1"]:
    """Return a filter that answers where light and dark meet in a vertical line.

    The columns left of the middle are 1, the middle one is 0, those right of it are -1. Large numbers
    are light: the answer is positive from light (left) to dark (right), negative from dark to
    light, and 0 where nothing changes.

    Args:
        size: height and width, odd, at least 3.

    Raises:
        ValueError: for another size; the message names `size` and its value.

    >>> vertical_edge_filter()[:, :, 0, 0]
    array([[ 1.,  0., -1.],
           [ 1.,  0., -1.],
           [ 1.,  0., -1.]])
    """
    ### BEGIN SOLUTION
    if size < 3 or size % 2 == 0:
        raise ValueError(f"size must be odd and at least 3, not {size}")
    middle = size // 2
    row = np.repeat([1.0, 0.0, -1.0], [middle, 1, middle])
    return np.tile(row, (size, 1))[:, :, None, None]
    ### END SOLUTION
