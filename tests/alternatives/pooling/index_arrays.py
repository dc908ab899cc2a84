"""Gathers every window by index arrays; what lies outside is masked."""


def _gathered(images, window, strides, padding):
    for name, pair in (("window", window), ("strides", strides)):
        if pair[0] < 1 or pair[1] < 1:
            raise ValueError(f"{name} {tuple(pair)}")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding {padding!r}")
    axes = []
    for size, span, stride in zip(images.shape[1:3], window, strides, strict=True):
        if padding == "VALID":
            first, count = 0, max(0, (size - span) // stride + 1)
        else:
            count = -(-size // stride)
            first = -(max((count - 1) * stride + span - size, 0) // 2)
        places = first + stride * np.arange(count)[:, None] + np.arange(span)
        axes.append((places.clip(0, size - 1), (places >= 0) & (places < size)))
    (rows, row_is), (columns, column_is) = axes
    seen = images[:, rows][:, :, :, columns]
    exists = row_is[:, :, None, None] & column_is
    return seen.transpose(0, 1, 3, 5, 2, 4), exists.transpose(0, 2, 1, 3)[None, :, :, None]


def max_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    seen, exists = _gathered(images, window, strides, padding)
    return np.where(exists, seen, -np.inf).max(axis=(-2, -1))


def average_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    seen, exists = _gathered(images, window, strides, padding)
    exists = np.broadcast_to(exists, seen.shape)
    return np.where(exists, seen, 0).sum(axis=(-2, -1)) / exists.sum(axis=(-2, -1))
