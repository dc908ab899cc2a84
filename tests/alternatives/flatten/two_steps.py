"""Joins height and width first, then the channels; and back the same way."""

import numpy as np


def flatten(layer):
    shape = tuple(layer.shape)
    if len(shape) != 4:
        raise ValueError(f"layer {shape}")
    height, width, channels = map(int, shape[1:])
    xp = array_namespace(layer)
    rows = xp.reshape(layer, (-1, height * width, channels))
    return [xp.reshape(rows, (-1, height * width * channels)), np.int64(height * width * channels)]


def unflatten(flat, shape):
    height, width, channels = shape
    if height < 1 or width < 1 or channels < 1 or height * width * channels != flat.shape[1]:
        raise ValueError(f"shape {shape}")
    xp = array_namespace(flat)
    return xp.reshape(xp.reshape(flat, (-1, height * width, channels)), (-1, height, width, channels))
