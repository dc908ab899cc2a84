"""You turned the numbers into float32, which changes them; a reshape keeps the dtype and every number."""

import numpy as np

_reference_flatten = flatten
_reference_unflatten = unflatten


def flatten(layer):
    return _reference_flatten(layer.astype(np.float32) if isinstance(layer, np.ndarray) else layer)


def unflatten(flat, shape):
    return _reference_unflatten(flat.astype(np.float32) if isinstance(flat, np.ndarray) else flat, shape)
