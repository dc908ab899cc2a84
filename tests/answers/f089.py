def flatten(layer):
    if len(layer.shape) != 4:
        raise ValueError(f"layer must have four axes, not the shape {layer.shape}")
    xp = array_namespace(layer)
    _, height, width, channels = layer.shape
    lines = xp.reshape(layer, (-1, height, width * channels))
    return xp.reshape(lines, (-1, height * width * channels)), height * width * channels
