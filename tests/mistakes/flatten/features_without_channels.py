"""You returned height * width as the number of features; every pixel has a number for each channel."""

_reference = flatten


def flatten(layer):
    flat, _ = _reference(layer)
    return flat, layer.shape[1] * layer.shape[2]
