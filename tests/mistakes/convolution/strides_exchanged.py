"""You took the strides as (to the right, down); they are (down, to the right)."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel, bias, strides[::-1])
