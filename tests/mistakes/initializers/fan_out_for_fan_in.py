"""You scaled by fan-out; He initialization keeps the spread of what comes in: 2 / fan_in."""


def he_normal(shape, rng):
    return truncated_normal(shape, rng, stddev=np.sqrt(2 / fans(shape)[1]) / DEVIATION_OF_TRUNCATED_NORMAL)
