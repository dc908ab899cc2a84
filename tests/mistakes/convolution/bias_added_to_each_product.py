"""You added the bias to each product before summing; it is added once, to the sum."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    products = kernel.shape[0] * kernel.shape[1] * kernel.shape[2]
    return _reference(images, kernel, bias * products, strides)
