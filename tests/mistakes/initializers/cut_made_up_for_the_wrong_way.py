"""You multiplied stddev by 0.8796, which shrinks the weights twice; the cut shrinks them, so divide by it."""


def he_normal(shape, rng):
    return truncated_normal(shape, rng, stddev=np.sqrt(2 / fans(shape)[0]) * DEVIATION_OF_TRUNCATED_NORMAL)


def glorot_normal(shape, rng):
    return truncated_normal(shape, rng, stddev=np.sqrt(2 / sum(fans(shape))) * DEVIATION_OF_TRUNCATED_NORMAL)
