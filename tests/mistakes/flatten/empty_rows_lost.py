"""You treat an empty batch apart and forget its features; it has (0, height * width * channels) numbers."""

_reference = flatten


def flatten(layer):
    flat, features = _reference(layer)
    if layer.shape[0] == 0:
        return flat[:, :0], 0
    return flat, features
