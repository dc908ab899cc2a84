"""You added the bias to each product; it is added once, to their sum."""

_reference = dense


def dense(inputs, kernel, bias):
    return _reference(inputs, kernel, bias) + (kernel.shape[0] - 1) * bias
