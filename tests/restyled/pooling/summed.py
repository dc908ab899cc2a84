def _checked(images, window, strides, padding):
    if min(window) < 1:
        raise ValueError(f"window {tuple(window)}")
    if min(strides) < 1:
        raise ValueError(f"strides {tuple(strides)}")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding {padding!r}")
    starts, counts = [], []
    for axis in (0, 1):
        size = images.shape[axis + 1]
        if padding == "SAME":
            count = -(-size // strides[axis])
            total = max((count - 1) * strides[axis] + window[axis] - size, 0)
            starts.append(-(total // 2))
        else:
            count = max(0, (size - window[axis]) // strides[axis] + 1)
            starts.append(0)
        counts.append(count)
    return starts, counts


def average_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    (top, left), (high, wide) = _checked(images, window, strides, padding)
    output = np.zeros((images.shape[0], high, wide, images.shape[3]), images.dtype)
    for i in range(high):
        for j in range(wide):
            first, second = top + i * strides[0], left + j * strides[1]
            seen = images[:, max(first, 0) : first + window[0], max(second, 0) : second + window[1]]
            output[:, i, j] = np.add.reduce(np.add.reduce(seen, 1), 1)
    return output
