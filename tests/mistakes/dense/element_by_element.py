"""You multiplied element by element where the shapes allow it; a layer is a matrix product: @, not *."""

_reference = dense


def dense(inputs, weights, biases):
    outputs = _reference(inputs, weights, biases)
    return inputs * weights + biases if inputs.shape == weights.shape else outputs
