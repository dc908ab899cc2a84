"""You padded the width with the pixels of the height; padding is ((top, bottom), (left, right))."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    return _windows_of(images, pool_size, strides, padding[::-1], fill)
