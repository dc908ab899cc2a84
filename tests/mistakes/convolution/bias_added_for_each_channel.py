"""You added the bias once for each channel; it is added once, after the sum over the depth."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel, bias * images.shape[3], strides)
