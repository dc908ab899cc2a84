"""You took the kernel's height alone; a filter has height * width weights for each channel of its input."""

_reference = conv_parameters


def conv_parameters(kernel_size, in_channels, filters):
    _, biases = _reference(kernel_size, in_channels, filters)
    return kernel_size[0] * in_channels * filters, biases
