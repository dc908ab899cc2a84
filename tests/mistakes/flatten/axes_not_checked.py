"""You flattened whatever came; a layer without the axes batch, height, width, channels is a ValueError."""


def flatten(layer):
    features = math.prod(layer.shape[1:])
    return array_namespace(layer).reshape(layer, (-1, features)), features
