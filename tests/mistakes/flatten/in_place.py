"""You set the shape of the layer itself, which changes it for everyone who holds it; make a new array."""

import numpy as np

_reference = flatten


def flatten(layer):
    flat, features = _reference(layer)
    if isinstance(layer, np.ndarray):
        layer.shape = (len(layer), features)
        return layer, features
    return flat, features
