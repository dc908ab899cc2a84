def glorot_normal(shape, rng):
    fan_in, fan_out = fans(shape)
    return truncated_normal(shape, rng, stddev=math.sqrt(2 / (fan_in + fan_out)))
