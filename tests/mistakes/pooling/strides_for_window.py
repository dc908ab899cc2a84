"""You took the strides for the size of the window; pool_size says how much it sees."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    return _windows_of(images, strides, strides, padding, fill)
