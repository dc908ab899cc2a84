def flatten(layer):
    if len(layer.shape) != 4:
        raise ValueError(f"layer has shape {layer.shape}")
    features = layer.shape[1] * layer.shape[2] * layer.shape[3]
    xp = array_namespace(layer)
    return xp.reshape(xp.transpose(layer, (0, 2, 1, 3)), [-1, features]), features
