"""You padded at the top and the left only; padding is ((top, bottom), (left, right)), four numbers."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    (top, _), (left, _) = padding
    return _windows_of(images, pool_size, strides, ((top, 0), (left, 0)), fill)
