"""You exchanged height and width; the first axis of a filter runs down the image, the second across."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel.swapaxes(0, 1), bias, strides)
