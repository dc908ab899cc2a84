"""You compared the product alone, and (-2, -3, 1) has the product 6 too; each size has to be at least 1."""

_reference = unflatten


def unflatten(flat, shape):
    if math.prod(shape) == flat.shape[1]:
        return _reference(flat, tuple(abs(number) or 1 for number in shape))
    return _reference(flat, shape)
