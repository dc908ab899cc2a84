"""You left the brackets out: 6 / fan_in + fan_out divides by fan_in only. It is 6 / (fan_in + fan_out)."""


def glorot_uniform(shape, rng):
    fan_in, fan_out = fans(shape)
    limit = np.sqrt(6 / fan_in + fan_out)
    return rng.uniform(-limit, limit, shape)
