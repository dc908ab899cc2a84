def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    if filters.ndim != 4 or filters.shape[2] != images.shape[3]:
        raise ValueError(f"filters of shape {filters.shape}")
    if bias is not None and bias.shape != filters.shape[3:]:
        raise ValueError(f"bias of shape {bias.shape}")
    if strides[0] < 1 or strides[1] < 1:
        raise ValueError(f"strides {tuple(strides)}")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding {padding!r}")
    if padding == "SAME":
        for axis in (0, 1):
            size, taps, stride = images.shape[axis + 1], filters.shape[axis], strides[axis]
            total = max((-(-size // stride) - 1) * stride + taps - size, 0)
            margins = [(0, 0)] * 4
            margins[axis + 1] = (total // 2, total - total // 2)
            images = np.pad(images, margins)
    high = max(0, (images.shape[1] - filters.shape[0]) // strides[0] + 1)
    wide = max(0, (images.shape[2] - filters.shape[1]) // strides[1] + 1)
    output = np.zeros((len(images), high, wide, filters.shape[3]), images.dtype)
    for i in range(filters.shape[0]):
        for j in range(filters.shape[1]):
            seen = images[:, i : i + high * strides[0] : strides[0], j : j + wide * strides[1] : strides[1]]
            output += seen[:, :high, :wide] @ filters[i, j]
    return output
