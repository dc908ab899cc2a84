def flatten(layer):
    if len(layer.shape) != 4:
        raise ValueError(f"layer must have four axes, not the shape {layer.shape}")
    xp = array_namespace(layer)
    features = math.prod(layer.shape[1:])
    return xp.transpose(xp.reshape(layer, (features, -1))), features
