"""You moved by the size of the window instead of by the strides; the two need not be equal."""

_windows_at = _windows


def _windows(images, window, strides, padding, fill):
    _windows_at(images, window, strides, padding, fill)
    return _windows_at(images, window, window, padding, fill)
