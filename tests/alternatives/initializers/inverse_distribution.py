"""Draws evenly and sends the numbers through the inverse of the cumulative distribution; float64."""

import math
from statistics import NormalDist

import numpy as np


def fans(shape):
    if len(shape) == 2:
        height, width, inputs, outputs = (1, 1, *shape)
    elif len(shape) == 4:
        height, width, inputs, outputs = shape
    else:
        raise ValueError(f"a shape of {shape}")
    return [height * width * inputs, height * width * outputs]


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    normal = NormalDist()
    low, high = normal.cdf(-2), normal.cdf(2)
    even = rng.uniform(low, high, shape)
    drawn = np.array([normal.inv_cdf(value) for value in np.ravel(even)])
    return mean + stddev * np.clip(drawn, -2, 2).reshape(shape)


def glorot_uniform(shape, rng):
    scale = math.sqrt(6 / math.fsum(fans(shape)))
    return (2 * rng.random(shape) - 1) * scale
