"""You called NumPy on a tensor; inside tf.function it has no numbers yet, so take array_namespace(layer)."""

import numpy as np

_reference = flatten


def flatten(layer):
    _, features = _reference(layer)
    return np.reshape(np.asarray(layer), (-1, features)), features
