"""You counted the weights of a convolution by its output channels; they depend on those that come in."""

_reference = trace


def trace(layers, input_shape):
    rows = []
    for layer, (kind, shape, parameters) in zip(layers, _reference(layers, input_shape), strict=True):
        if kind == "conv":
            parameters = sum(conv_parameters((layer[1], layer[1]), shape[2], layer[2]))
        rows.append((kind, shape, parameters))
    return rows
