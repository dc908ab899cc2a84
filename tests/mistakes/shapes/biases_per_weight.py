"""You counted a bias for each weight; a filter has one bias, a unit has one bias."""

_reference_conv = conv_parameters
_reference_dense = dense_parameters


def conv_parameters(kernel_size, in_channels, filters):
    weights, _ = _reference_conv(kernel_size, in_channels, filters)
    return weights, weights


def dense_parameters(inputs, units):
    weights, _ = _reference_dense(inputs, units)
    return weights, weights
