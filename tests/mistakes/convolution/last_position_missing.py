"""You left out the last position; along an axis there are (size - kernel_size) // strides + 1, with the 1."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel, bias, strides)[:, :-1, :-1]
