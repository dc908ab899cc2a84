"""Turns the batch to the end, reshapes there, and turns it back; answers with a list and NumPy's number."""

import numpy as np


def flatten(layer):
    if np.ndim(layer) != 4 if isinstance(layer, np.ndarray) else layer.shape.rank != 4:
        raise ValueError(f"layer of shape {layer.shape}")
    xp = array_namespace(layer)
    features = np.prod(layer.shape[1:])
    turned = xp.reshape(xp.transpose(layer, (1, 2, 3, 0)), (features, -1))
    return [xp.transpose(turned), features]


def unflatten(flat, shape):
    xp = array_namespace(flat)
    if min(shape) < 1 or np.prod(shape) != flat.shape[1]:
        raise ValueError("shape", shape)
    return xp.transpose(xp.reshape(xp.transpose(flat), (*shape, -1)), (3, 0, 1, 2))
