"""You took the window as (horizontal, vertical); it is (vertical, horizontal), height before width."""

_windows_of = _windows


def _windows(images, window, strides, padding, fill):
    _windows_of(images, window, strides, padding, fill)
    return _windows_of(images, window[::-1], strides[::-1], padding, fill)
