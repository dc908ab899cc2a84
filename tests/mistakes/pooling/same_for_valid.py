"""You padded under VALID too; there a window must fit inside the image."""

_windows_of = _windows


def _windows(images, window, strides, padding, fill):
    _windows_of(images, window, strides, padding, fill)
    return _windows_of(images, window, strides, "SAME", fill)
