"""You left the biases out of the table; `trace` counts weights and biases together."""

_reference = trace


def trace(layers, input_shape):
    rows = []
    for layer, (kind, shape, parameters) in zip(layers, _reference(layers, input_shape), strict=True):
        rows.append((kind, shape, parameters - layer[-1] if kind in ("conv", "dense") else parameters))
    return rows
