"""You took the strides for the size of the window; the window says how much is seen."""

_windows_of = _windows


def _windows(images, window, strides, padding, fill):
    _windows_of(images, window, strides, padding, fill)
    return _windows_of(images, strides, strides, padding, fill)
