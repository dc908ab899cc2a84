"""You took the strides as (to the right, down); they are (down, to the right)."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    return _windows_of(images, pool_size, strides[::-1], padding, fill)
