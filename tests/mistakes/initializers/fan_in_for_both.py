"""You scaled by fan-in alone, 3 / fan_in; Glorot initialization takes both fans: 6 / (fan_in + fan_out)."""


def glorot_uniform(shape, rng):
    limit = np.sqrt(3 / fans(shape)[0])
    return rng.uniform(-limit, limit, shape)
