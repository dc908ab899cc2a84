def unflatten(flat, shape):
    height, width, channels = shape
    if min(shape) < 1 or flat.shape[1] != height * width * channels:
        raise ValueError(f"shape {shape} does not suit rows of {flat.shape[1]}")
    xp = array_namespace(flat)
    columns = xp.reshape(flat, (-1, width, height, channels))
    return xp.transpose(columns, (0, 2, 1, 3))
