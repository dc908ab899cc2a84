"""Draws the tails again where a mask says so; the normal numbers come from even ones, by the Box-Muller transform."""

import numpy as np


def _normal(rng, count):
    radius = np.sqrt(-2 * np.log(1 - rng.random(count)))
    return radius * np.cos(2 * np.pi * rng.random(count))


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    drawn = _normal(rng, int(np.prod(shape)))
    while (tails := np.abs(drawn) >= 2).any():
        drawn[tails] = _normal(rng, int(tails.sum()))
    return (mean + stddev * drawn).reshape(shape)


def glorot_uniform(shape, rng):
    fan_in, fan_out = fans(shape)
    return rng.uniform(-1.0, 1.0, size=shape) * np.sqrt(3.0 / ((fan_in + fan_out) / 2))
