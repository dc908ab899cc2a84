"""You took the shape for (width, height, channels); the height comes first."""

_reference = unflatten


def unflatten(flat, shape):
    _reference(flat, shape)
    height, width, channels = shape
    return array_namespace(flat).reshape(flat, (-1, width, height, channels))
