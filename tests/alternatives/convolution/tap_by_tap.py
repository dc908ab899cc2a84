"""A loop over the weights of the filter, each adding a shifted image; matrix products instead of einsum."""

import numpy as np


def convolve_row(row, kernel):
    if kernel.size == 0:
        raise ValueError("kernel", kernel.shape)
    places = max(row.size - kernel.size + 1, 0)
    output = np.zeros(places)
    for tap, weight in enumerate(kernel):
        output += weight * row[tap : tap + places]
    return output


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    if filters.ndim != 4 or images.shape[-1] != filters.shape[-2]:
        raise ValueError("filters", filters.shape)
    if bias is not None and (bias.ndim != 1 or bias.size != filters.shape[-1]):
        raise ValueError("bias", bias.shape)
    if not all(stride >= 1 for stride in strides):
        raise ValueError("strides", strides)
    if padding not in ["SAME", "VALID"]:
        raise ValueError("padding", padding)
    sizes, starts = [], []
    for size, taps, stride in zip(images.shape[1:3], filters.shape[:2], strides):
        places = int(np.ceil(size / stride)) if padding == "SAME" else max((size - taps) // stride + 1, 0)
        needed = max((places - 1) * stride + taps - size, 0) if padding == "SAME" else 0
        sizes.append(places)
        starts.append(needed // 2)
    around = max(filters.shape[:2]) + max(strides)
    canvas = np.pad(images, ((0, 0), (around, around), (around, around), (0, 0)))
    output = np.zeros((len(images), *sizes, filters.shape[3]), np.result_type(images, filters))
    if bias is not None:
        output = output + bias
    for y in range(filters.shape[0]):
        for x in range(filters.shape[1]):
            top, left = around - starts[0] + y, around - starts[1] + x
            rows = [top + strides[0] * place for place in range(sizes[0])]
            columns = [left + strides[1] * place for place in range(sizes[1])]
            output = output + canvas[:, rows][:, :, columns] @ filters[y, x]
    return output


def vertical_edge_filter(size=3):
    if size < 2 or size % 2 != 1:
        raise ValueError(f"a size of {size}")
    columns = [[[1] if x < size // 2 else [0] if x == size // 2 else [-1]] for x in range(size)]
    return [columns] * size
