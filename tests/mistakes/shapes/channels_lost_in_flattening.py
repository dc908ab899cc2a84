"""You flattened to height * width numbers; every pixel has a number for each channel."""

_reference = trace


def trace(layers, input_shape):
    names = [layer[0] for layer in layers]
    rows = _reference(layers, input_shape)
    if "flatten" not in names:
        return rows
    at = names.index("flatten")
    height, width, _ = rows[at - 1][1] if at else input_shape
    flat = (height * width,)
    return [*rows[:at], ("flatten", flat, 0), *_reference(layers[at + 1 :], flat)]
