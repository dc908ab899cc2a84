"""You wrote one whole channel after another; the channels of a pixel stand together."""

_reference_flatten = flatten
_reference_unflatten = unflatten


def flatten(layer):
    _reference_flatten(layer)
    return _reference_flatten(array_namespace(layer).transpose(layer, (0, 3, 1, 2)))


def unflatten(flat, shape):
    _reference_unflatten(flat, shape)
    images = _reference_unflatten(flat, (shape[2], shape[0], shape[1]))
    return array_namespace(flat).transpose(images, (0, 2, 3, 1))
