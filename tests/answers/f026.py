def flatten(layer):
    if len(layer.shape) != 4:
        raise ValueError(f"layer must have four axes, not the shape {layer.shape}")
    xp = array_namespace(layer)
    batch, height, width, channels = layer.shape
    features = height * width * channels
    return xp.reshape(layer, (batch, features)), features
