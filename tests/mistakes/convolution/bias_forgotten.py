"""You left the bias out; each filter adds its own to all its outputs."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel, bias * 0, strides)
