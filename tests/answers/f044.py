def glorot_uniform(shape, rng):
    fan_in, fan_out = fans(shape)
    limit = math.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, shape).astype(np.float32)
