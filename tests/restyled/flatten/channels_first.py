def flatten(layer):
    if len(layer.shape) != 4:
        raise ValueError(f"layer has shape {layer.shape}")
    xp = array_namespace(layer)
    height, width, channels = layer.shape[1:]
    maps = [xp.reshape(layer[:, :, :, c], (-1, height * width)) for c in range(channels)]
    return xp.concatenate(maps, 1), height * width * channels
