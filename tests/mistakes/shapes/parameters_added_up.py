"""You added up the parameters from the first layer on; each row has the parameters of its layer alone."""

_reference = trace


def trace(layers, input_shape):
    rows, total = [], 0
    for kind, shape, parameters in _reference(layers, input_shape):
        total += parameters
        rows.append((kind, shape, total))
    return rows
