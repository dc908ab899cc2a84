"""You applied ReLU in the layer; `dense` returns its sums as they are, before any activation function."""

_reference = dense


def dense(inputs, kernel, bias):
    return relu(_reference(inputs, kernel, bias))
