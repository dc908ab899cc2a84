"""You counted the biases of a dense layer by its inputs; it has one bias for each unit."""

_reference = dense_parameters


def dense_parameters(inputs, units):
    weights, _ = _reference(inputs, units)
    return weights, inputs
