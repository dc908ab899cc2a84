def he_normal(shape, rng):
    fan_in, _ = fans(shape)
    return truncated_normal(shape, rng, stddev=2 / fan_in / DEVIATION_OF_TRUNCATED_NORMAL)
