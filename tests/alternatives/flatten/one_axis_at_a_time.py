"""Merges two axes, then two more; splits them in the other order."""


def flatten(layer):
    if len(layer.shape) != 4:
        raise ValueError(f"layer: four axes are needed, its shape is {tuple(layer.shape)}")
    xp = array_namespace(layer)
    height, width, channels = (int(number) for number in layer.shape[1:])
    lines = xp.reshape(layer, (-1, height, width * channels))
    return xp.reshape(lines, (-1, height * width * channels)), height * width * channels


def unflatten(flat, shape):
    height, width, channels = shape
    if min(height, width, channels) < 1 or flat.shape[1] / height / width != channels:
        raise ValueError(f"shape {shape} and flat {flat.shape} do not agree")
    xp = array_namespace(flat)
    lines = xp.reshape(flat, (-1, height, width * channels))
    return xp.reshape(lines, (-1, height, width, channels))
