"""You gave every layer the input of the network; each layer takes what the layer before it put out."""

_reference = trace


def trace(layers, input_shape):
    _reference(layers, input_shape)
    rows = []
    for layer in layers:
        if layer[0] == "dense" and len(input_shape) == 3:
            rows += _reference([("flatten",), layer], input_shape)[1:]
        else:
            rows += _reference([layer], input_shape)
    return rows
