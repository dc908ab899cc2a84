"""You left the input channels out of the weights; a filter reaches through all channels of its input."""

_reference = conv_parameters


def conv_parameters(kernel_size, in_channels, filters):
    _, biases = _reference(kernel_size, in_channels, filters)
    return kernel_size[0] * kernel_size[1] * filters, biases
