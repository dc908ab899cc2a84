def unflatten(flat, shape):
    total = shape[0] * shape[1] * shape[2]
    bad = shape[0] < 1 or shape[1] < 1 or shape[2] < 1
    if bad or flat.shape[1] % total != 0:
        raise ValueError(f"cannot make shape {shape}")
    return array_namespace(flat).reshape(flat, (-1, shape[0], shape[1], shape[2]))
