"""You let the pooling layers of `trace` move by 1; their stride is the size of their window."""

_reference = trace


def trace(layers, input_shape):
    _reference(layers, input_shape)
    rows, shape = [], tuple(input_shape)
    for layer in layers:
        if layer[0] == "pool":
            rows.append(("pool", shape, 0))
        else:
            rows += _reference([layer], shape)
        shape = rows[-1][1]
    return rows
