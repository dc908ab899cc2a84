def unflatten(flat, shape):
    w, h, c = shape
    if w * h * c != flat.shape[1] or w < 1 or h < 1 or c < 1:
        raise ValueError(f"shape {shape} but rows of {flat.shape[1]}")
    return array_namespace(flat).reshape(flat, [-1, h, w, c])
