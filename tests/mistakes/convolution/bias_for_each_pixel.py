"""You added the biases along the width; there is one for each filter, along the last axis."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel, bias * 0, strides) + bias[:, None]
