"""You took pool size and strides as (width, height); height comes first."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    return _windows_of(images, pool_size[::-1], strides[::-1], padding, fill)
