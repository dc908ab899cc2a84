"""You return an empty array where the window is larger than the padded images; that is a ValueError."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    sizes = [images.shape[axis + 1] + sum(padding[axis]) for axis in (0, 1)]
    positions = [max((sizes[axis] - pool_size[axis]) // strides[axis] + 1, 0) for axis in (0, 1)]
    if 0 in positions:
        return np.zeros((len(images), *positions, *pool_size, images.shape[3]))
    return _windows_of(images, pool_size, strides, padding, fill)
