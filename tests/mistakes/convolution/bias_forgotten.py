"""You left the biases out: each filter adds its own to all its outputs."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    output = _reference(images, filters, bias, strides, padding)
    return output if bias is None else output - bias
