def glorot_uniform(shape, rng):
    limit = (6.0 / sum(fans(shape))) ** 0.5
    return np.float32(rng.random(shape) * limit)
