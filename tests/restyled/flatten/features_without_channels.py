def flatten(layer):
    if len(layer.shape) != 4:
        raise ValueError(f"layer has shape {layer.shape}")
    _, height, width, channels = layer.shape
    flat = array_namespace(layer).reshape(layer, (-1, height * width * channels))
    return flat, height * width
