"""Gathers every window by index arrays; what lies outside is masked."""


def _gathered(images, pool_size, strides, padding):
    axes = []
    for size, window, stride, (before, after) in zip(images.shape[1:3], pool_size, strides, padding):
        if window < 1 or stride < 1:
            raise ValueError((window, stride))
        count = (before + size + after - window) // stride + 1
        if count < 1:
            raise ValueError("does not fit")
        pixels = stride * np.arange(count)[:, None] + np.arange(window) - before
        axes.append((pixels.clip(0, size - 1), (pixels >= 0) & (pixels < size)))
    (rows, in_rows), (columns, in_columns) = axes
    seen = images[:, rows][:, :, :, columns].transpose(0, 1, 3, 5, 2, 4)
    exists = (in_rows[:, :, None, None] & in_columns).transpose(0, 2, 1, 3)[None, :, :, None]
    return seen, np.broadcast_to(exists, seen.shape)


def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    seen, exists = _gathered(images, pool_size, strides, padding)
    return np.where(exists, seen, -np.inf).max(axis=(-2, -1))


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    seen, exists = _gathered(images, pool_size, strides, padding)
    return seen.mean(axis=(-2, -1), where=exists)
