"""You turned the filter around, as mathematics does; here it is laid on as it is (cross-correlation)."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel[::-1, ::-1], bias, strides)
