"""You counted height * width features; every pixel has a number for each channel."""

_reference = flatten


def flatten(layer):
    _reference(layer)
    features = layer.shape[1] * layer.shape[2]
    return array_namespace(layer).reshape(layer, (-1, features)), features
