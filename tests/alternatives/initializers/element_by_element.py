"""Draws each weight by itself until it is inside; variance scaling as one function of a scale and a fan."""

import numpy as np


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    weights = np.empty(shape, np.float32)
    flat = weights.reshape(-1)
    for index in range(flat.size):
        drawn = rng.normal()
        while not -2 <= drawn <= 2:
            drawn = rng.normal()
        flat[index] = mean + stddev * drawn
    return weights


def _scaled(shape, rng, variance):
    return truncated_normal(shape, rng, 0.0, variance**0.5 / 0.87962566103423978)


def glorot_normal(shape, rng):
    fan_in, fan_out = fans(shape)
    return _scaled(shape, rng, 1 / ((fan_in + fan_out) / 2))


def he_normal(shape, rng):
    return _scaled(shape, rng, 2.0 / fans(shape)[0])
