"""You took the kernel as (height, width, filters, channels); here the channels come before the filters."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel.swapaxes(2, 3), bias, strides)
