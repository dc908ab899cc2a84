"""You moved by the size of the window instead of by the strides; the two need not be equal."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    return _windows_of(images, pool_size, pool_size, padding, fill)
