"""You used the height of the window for its width too; pool_size is (height, width)."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    return _windows_of(images, (pool_size[0], pool_size[0]), strides, padding, fill)
