"""You let -1 hide that the sizes do not agree: a row of 12 numbers became three images of 4."""

_reference = unflatten


def unflatten(flat, shape):
    if min(shape) < 1 or (flat.shape[1] % math.prod(shape)):
        return _reference(flat, shape)
    return array_namespace(flat).reshape(flat, (-1, *shape))
