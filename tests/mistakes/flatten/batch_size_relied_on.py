"""You asked for (layer.shape[0], -1); a batch can be empty or of unknown size: give the -1 to the batch."""

_reference = flatten


def flatten(layer):
    if len(layer.shape) != 4:
        return _reference(layer)
    flat = array_namespace(layer).reshape(layer, (layer.shape[0], -1))
    return flat, flat.shape[1]
