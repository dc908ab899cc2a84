"""You multiplied the weights and the biases by the number of positions; a filter has the same ones wherever it is."""

_reference = trace


def trace(layers, input_shape):
    rows = []
    for kind, shape, parameters in _reference(layers, input_shape):
        if kind == "conv":
            parameters = parameters * shape[0] * shape[1]
        rows.append((kind, shape, parameters))
    return rows
