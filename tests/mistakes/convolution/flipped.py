"""You turned the filter around, as mathematics does; here it is laid on as it is (cross-correlation)."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    return _reference(images, filters[::-1, ::-1] if filters.ndim == 4 else filters, bias, strides, padding)
