"""You counted parameters in pooling layers; a maximum or an average has nothing to learn."""

_reference = trace


def trace(layers, input_shape):
    rows = []
    for layer, (kind, shape, parameters) in zip(layers, _reference(layers, input_shape), strict=True):
        if kind == "pool":
            parameters = layer[1] * layer[1] * shape[2]
        rows.append((kind, shape, parameters))
    return rows
