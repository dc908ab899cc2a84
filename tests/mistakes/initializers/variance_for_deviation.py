"""You took the variance for the standard deviation; the deviation is its square root."""


def he_normal(shape, rng):
    return truncated_normal(shape, rng, stddev=2 / fans(shape)[0] / DEVIATION_OF_TRUNCATED_NORMAL)
