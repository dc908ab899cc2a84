"""You took the mean of the products; each output is their sum."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel / kernel[..., 0].size, bias, strides)
