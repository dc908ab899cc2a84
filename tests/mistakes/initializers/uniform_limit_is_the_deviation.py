"""You took sqrt(2 / (fan_in + fan_out)) for the limit; that is the deviation. The limit has 6 for 2."""


def glorot_uniform(shape, rng):
    limit = np.sqrt(2 / sum(fans(shape)))
    return rng.uniform(-limit, limit, shape)
