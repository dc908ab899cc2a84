"""You counted the batch among the features; they are height * width * channels of one example."""

_reference = flatten


def flatten(layer):
    flat, features = _reference(layer)
    return flat, features * layer.shape[0] if layer.shape[0] else features
