"""Patches as a strided view of the image, contracted by tensordot; a zero image around the first."""

from numpy.lib.stride_tricks import as_strided


def convolve_row(row, kernel):
    if kernel.size == 0:
        raise ValueError(f"kernel {kernel.shape}")
    return np.correlate(row, kernel, "valid") if row.size >= kernel.size else row[:0]


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    if len(filters.shape) != 4 or filters.shape[2] != images.shape[3]:
        raise ValueError(f"filters {filters.shape}")
    if bias is not None and tuple(bias.shape) != filters.shape[3:]:
        raise ValueError(f"bias {bias.shape}")
    if not all(stride >= 1 for stride in strides):
        raise ValueError(f"strides {tuple(strides)}")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding {padding!r}")
    batch, *sizes, channels = images.shape
    if padding == "SAME":
        places = [-(-size // stride) for size, stride in zip(sizes, strides, strict=True)]
    else:
        places = [
            max(0, (size - taps) // stride + 1)
            for size, taps, stride in zip(sizes, filters.shape[:2], strides, strict=True)
        ]
    if 0 in places or batch == 0:
        output = np.zeros((batch, *places, filters.shape[3]), images.dtype)
        return output if bias is None else output + bias
    needed = [
        (n - 1) * stride + taps for n, stride, taps in zip(places, strides, filters.shape[:2], strict=True)
    ]
    canvas = np.zeros((batch, max(needed[0], sizes[0]), max(needed[1], sizes[1]), channels), images.dtype)
    top, left = (
        max(want - size, 0) // 2 if padding == "SAME" else 0 for want, size in zip(needed, sizes, strict=True)
    )
    canvas[:, top : top + sizes[0], left : left + sizes[1]] = images
    steps = canvas.strides
    view = as_strided(
        canvas,
        (batch, *places, *filters.shape[:2], channels),
        (steps[0], steps[1] * strides[0], steps[2] * strides[1], steps[1], steps[2], steps[3]),
        writeable=False,
    )
    output = np.tensordot(view, filters, axes=3)
    return output if bias is None else output + bias
