"""You counted a bias for each input channel of each filter; the channels are summed, then one is added."""

_reference = conv_parameters


def conv_parameters(kernel_size, in_channels, filters):
    weights, biases = _reference(kernel_size, in_channels, filters)
    return weights, in_channels * biases
