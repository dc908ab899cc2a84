"""The rows of each window first, then its columns: a rectangle falls apart into two lines.."""


def _along(images, axis, window, stride, sides, keep):
    if window < 1 or stride < 1:
        raise ValueError(f"window {window}, stride {stride}")
    size = images.shape[axis]
    begins = range(-sides[0], size + sides[1] - window + 1, stride)
    slices = [slice(max(begin, 0), min(begin + window, size)) for begin in begins]
    moved = np.moveaxis(images, axis, 0)
    # np.stack refuses an empty list with a ValueError of its own.
    return np.moveaxis(np.stack([keep(moved[part], axis=0) for part in slices]), 0, axis)


def _both(images, pool_size, strides, padding, keep):
    for axis in (0, 1):
        images = _along(images, axis + 1, pool_size[axis], strides[axis], padding[axis], keep)
    return images


def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return _both(images, pool_size, strides, padding, np.max)


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return _both(images, pool_size, strides, padding, np.mean)
