"""You took the strides as (horizontal, vertical); they are (vertical, horizontal)."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    _reference(images, filters, bias, strides, padding)
    return _reference(images, filters, bias, strides[::-1], padding)
