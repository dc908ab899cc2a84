"""Cuts the images into pixels and joins these; cuts the rows into pixels and stacks these."""


def flatten(layer):
    xp = array_namespace(layer)
    if layer.ndim != 4:
        raise ValueError(f"layer {tuple(layer.shape)} has {layer.ndim} axes")
    _, height, width, channels = layer.shape
    pixels = [layer[:, row, column, :] for row in range(height) for column in range(width)]
    flat = xp.concatenate(pixels, axis=1)
    return flat, height * width * channels


def unflatten(flat, shape):
    xp = array_namespace(flat)
    height, width, channels = shape
    if any(number < 1 for number in shape):
        raise ValueError(f"shape {shape} has a number below 1")
    if flat.shape[-1] != height * width * channels:
        raise ValueError(f"shape {shape} has {height * width * channels} numbers, flat {flat.shape[-1]}")
    rows = []
    for row in range(height):
        begins = [(row * width + column) * channels for column in range(width)]
        rows.append(xp.stack([flat[:, begin : begin + channels] for begin in begins], axis=1))
    return xp.stack(rows, axis=1)
