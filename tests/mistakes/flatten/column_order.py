"""You read the images column by column; the order is row by row, with the channels of a pixel together."""

_reference = flatten


def flatten(layer):
    _reference(layer)
    return _reference(array_namespace(layer).transpose(layer, (0, 2, 1, 3)))
