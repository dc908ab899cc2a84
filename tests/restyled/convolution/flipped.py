def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    if filters.ndim != 4 or filters.shape[2] != images.shape[3]:
        raise ValueError(f"filters of shape {filters.shape}")
    if bias is not None and bias.shape != filters.shape[3:]:
        raise ValueError(f"bias of shape {bias.shape}")
    if strides[0] < 1 or strides[1] < 1:
        raise ValueError(f"strides {tuple(strides)}")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding {padding!r}")
    rows, columns = filters.shape[:2]
    if padding == "SAME":
        margins = []
        for size, taps, stride in zip(images.shape[1:3], (rows, columns), strides):
            total = max((-(-size // stride) - 1) * stride + taps - size, 0)
            margins.append((total // 2, total - total // 2))
        images = np.pad(images, [(0, 0), *margins, (0, 0)])
    batch, height, width, _ = images.shape
    high = max(0, (height - rows) // strides[0] + 1)
    wide = max(0, (width - columns) // strides[1] + 1)
    output = np.zeros((batch, high, wide, filters.shape[3]), images.dtype)
    for i in range(high):
        for j in range(wide):
            patch = images[
                :, i * strides[0] : i * strides[0] + rows, j * strides[1] : j * strides[1] + columns
            ]
            output[:, i, j] = np.tensordot(patch[:, ::-1, ::-1], filters, axes=3)
    return output if bias is None else output + bias
