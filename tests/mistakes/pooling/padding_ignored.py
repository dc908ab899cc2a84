"""You did not pad; the caller says how many pixels that do not exist surround the images."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    return _windows_of(images, pool_size, strides, NO_PADDING, fill)
