"""You returned the flat layer alone; the number of features comes with it, as the next layer needs it."""

_reference = flatten


def flatten(layer):
    flat, _ = _reference(layer)
    return flat
