"""You drew between 0 and the limit; weights are as often negative as positive: -limit ... limit."""


def glorot_uniform(shape, rng):
    return rng.uniform(0, np.sqrt(6 / sum(fans(shape))), shape)
