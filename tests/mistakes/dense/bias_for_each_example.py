"""You add a bias to each example instead of each unit: biases go along the columns, one for each unit."""

_reference = dense


def dense(inputs, weights, biases):
    outputs = _reference(inputs, weights, biases * 0)
    if len(outputs) == len(biases):
        return outputs + biases[:, None]
    return outputs + biases
