"""Draws more numbers than are needed, keeps those inside, and takes the first ones; float32 throughout."""

import numpy as np


def fans(shape):
    if len(shape) not in {2, 4}:
        raise ValueError(f"no layer has weights of shape {shape}")
    whole = np.prod(shape)
    return np.int64(whole // shape[-1]), np.int64(whole // shape[-2])


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    count = int(np.prod(shape))
    inside = np.empty(0, np.float32)
    while inside.size < count:
        more = rng.standard_normal(2 * count + 10, dtype=np.float32)
        inside = np.concatenate([inside, more[np.abs(more) < 2]])
    return np.float32(mean) + np.float32(stddev) * inside[:count].reshape(shape)


def glorot_uniform(shape, rng):
    fan_in, fan_out = fans(shape)
    return rng.uniform(-1, 1, shape).astype(np.float32) * np.float32(np.sqrt(6.0 / (fan_in + fan_out)))
