"""Convolution: a small filter is dragged over an image, and at each place says how much it finds of itself.

A filter is a small image of weights. Laid over a patch of the image, it answers with a dot product: every
weight times the pixel under it, all added up. The same few weights are used at every place, so a filter that
has learned an edge finds it wherever it is (translation invariance), and each output looks at a small patch
only (local connectivity). A filter goes through the whole depth of the image: for a colour image it has three
layers, and the sum runs over them too. Each filter makes one channel of the output.

In mathematics a convolution turns the filter upside down first. Deep learning does not, because the weights
are learned anyway; what it calls convolution is a cross-correlation.

Sources: https://www.tensorflow.org/api_docs/python/tf/nn/conv2d,
https://cs231n.github.io/convolutional-networks/#conv
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.lib.stride_tricks import sliding_window_view


def convolve_row(
    row: Float[np.ndarray, " size"], kernel: Float[np.ndarray, " taps"]
) -> Float[np.ndarray, " places"]:
    """Return the dot product of the kernel with every stretch of the row into which it fits.

    One dimension, one channel, stride 1, VALID padding: the smallest convolution there is.

        output[i] = sum over t of row[i + t] * kernel[t],    i = 0 ... size - taps

    Args:
        row: pixels.
        kernel: weights, at least one. Not turned around.

    Returns:
        `size - taps + 1` numbers, none where the kernel is longer than the row.

    Raises:
        ValueError: for a kernel without weights; the message names `kernel` and its shape.

    >>> convolve_row(np.array([0.0, 1.0, 2.0, 4.0]), np.array([-1.0, 1.0]))  # 1-0, 2-1, 4-2
    array([1., 1., 2.])
    """
    ### BEGIN SOLUTION
    if kernel.shape[0] < 1:
        raise ValueError(f"kernel must have at least one weight, not the shape {kernel.shape}")
    if row.shape[0] < kernel.shape[0]:
        return np.zeros(0, row.dtype)
    return sliding_window_view(row, kernel.shape[0]) @ kernel
    ### END SOLUTION


def conv2d(
    images: Float[np.ndarray, "batch height width in_channels"],
    filters: Float[np.ndarray, "filter_height filter_width in_channels out_channels"],
    bias: Float[np.ndarray, " out_channels"] | None = None,
    strides: tuple[int, int] = (1, 1),
    padding: str = "SAME",
) -> Float[np.ndarray, "batch new_height new_width out_channels"]:
    """Return what every filter finds at every place of every image.

        output[n, i, j, o] = bias[o] + sum over y, x, c of
            padded[n, i * strides[0] + y, j * strides[1] + x, c] * filters[y, x, c, o]

    `padded` is the image with the zeros around it that SAME padding needs (the odd one after the image, see
    `padding`), or the image itself for VALID.

    As a loop:

        for i in range(new_height):
            for j in range(new_width):
                patch = padded[:, i * strides[0] : ..., j * strides[1] : ..., :]  # batch, y, x, c
                for o in range(out_channels):
                    output[:, i, j, o] = (patch * filters[:, :, :, o]).sum(axis=(1, 2, 3)) + bias[o]

    A loop passes. One without a loop is asked for: `sliding_window_view` shows all the patches at once
    without copying a pixel, and `np.einsum` or `np.tensordot` adds the products up.

    Args:
        images: float32 or float64.
        filters: weights; not turned around.
        bias: one number for each filter, None for none.
        strides: pixels from one place to the next, (vertical, horizontal), each at least 1.
        padding: "SAME" or "VALID". Under VALID, a filter larger than the image has no place at all, and the
            output has height or width 0.

    Raises:
        ValueError: for filters that have not four dimensions or other channels than the images (the message
            names `filters` and their shape), for a bias of another length (`bias` and its shape), for a
            stride below 1 (`strides`), for another padding (`padding`).

    >>> image = np.arange(9.0).reshape(1, 3, 3, 1)
    >>> conv2d(image, np.ones((2, 2, 1, 1)), padding="VALID")[0, :, :, 0]  # 0 + 1 + 3 + 4 = 8, ...
    array([[ 8., 12.],
           [20., 24.]])
    """
    ### BEGIN SOLUTION
    if filters.ndim != 4 or filters.shape[2] != images.shape[3]:
        raise ValueError(f"filters must have 4 axes, {images.shape[3]} input channels, not {filters.shape}")
    if bias is not None and bias.shape != (filters.shape[3],):
        raise ValueError(f"bias must have the shape ({filters.shape[3]},), not {bias.shape}")
    if min(strides) < 1:
        raise ValueError(f"strides must be at least 1, not {tuple(strides)}")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding must be 'SAME' or 'VALID', not {padding!r}")
    amounts = [(0, 0), (0, 0)]
    if padding == "SAME":
        for axis in (0, 1):
            size, taps, stride = images.shape[1 + axis], filters.shape[axis], strides[axis]
            needed = max((-(-size // stride) - 1) * stride + taps - size, 0)
            amounts[axis] = (needed // 2, needed - needed // 2)
    padded = np.pad(images, ((0, 0), *amounts, (0, 0)))
    # Where the filter does not fit, there are no patches; a view cannot show none.
    lacking = [max(filters.shape[axis] - padded.shape[1 + axis], 0) for axis in (0, 1)]
    padded = np.pad(padded, ((0, 0), (0, lacking[0]), (0, lacking[1]), (0, 0)))
    patches = sliding_window_view(padded, filters.shape[:2], axis=(1, 2))
    places = [slice(None, None, strides[axis]) if not lacking[axis] else slice(0) for axis in (0, 1)]
    # patches: batch, new_height, new_width, in_channels, y, x
    output = np.einsum("nijcyx,yxco->nijo", patches[:, places[0], places[1]], filters, optimize=True)
    return output if bias is None else output + bias
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
