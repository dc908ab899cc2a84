"""You multiplied the weights by the number of positions; a filter has the same weights wherever it is."""

_reference = trace


def trace(layers, input_shape):
    rows = []
    for kind, shape, parameters in _reference(layers, input_shape):
        if kind == "conv":
            biases = shape[2]
            parameters = (parameters - biases) * shape[0] * shape[1] + biases
        rows.append((kind, shape, parameters))
    return rows
