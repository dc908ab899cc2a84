"""Loops over images, places and filters, each patch clipped to the image instead of padded."""

import numpy as np


def convolve_row(row, kernel):
    if len(kernel) == 0:
        raise ValueError(f"kernel of shape {kernel.shape} has no weights")
    return [float((row[i : i + len(kernel)] * kernel).sum()) for i in range(len(row) - len(kernel) + 1)]


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    if len(filters.shape) != 4:
        raise ValueError(f"filters have shape {filters.shape}, not four axes")
    batch, height, width, depth = images.shape
    rows, columns, filter_depth, count = filters.shape
    if filter_depth != depth:
        raise ValueError(f"filters of shape {filters.shape} do not fit {depth} channels")
    if bias is None:
        bias = np.zeros(count)
    if bias.shape != (count,):
        raise ValueError(f"bias of shape {bias.shape} for {count} filters")
    down, across = strides
    if down <= 0 or across <= 0:
        raise ValueError(f"strides are {strides}")
    if padding == "VALID":
        tops, lefts = range(0, height - rows + 1, down), range(0, width - columns + 1, across)
    elif padding == "SAME":
        shift = max((height - 1) // down * down + rows - height, 0) // 2
        tops = range(-shift, height - shift, down)
        shift = max((width - 1) // across * across + columns - width, 0) // 2
        lefts = range(-shift, width - shift, across)
    else:
        raise ValueError(f"what is the padding {padding}?")
    output = np.zeros((batch, len(tops), len(lefts), count), np.float64)
    for n in range(batch):
        for i, top in enumerate(tops):
            for j, left in enumerate(lefts):
                y0, y1 = max(top, 0), min(top + rows, height)
                x0, x1 = max(left, 0), min(left + columns, width)
                patch = images[n, y0:y1, x0:x1]
                seen = filters[y0 - top : y1 - top, x0 - left : x1 - left]
                output[n, i, j] = np.tensordot(patch, seen, axes=3) + bias
    return output
