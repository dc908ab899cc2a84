"""You clipped the weights at two deviations, so 5 % of them lie on the two edges; truncated ones are drawn again."""


def he_normal(shape, rng):
    stddev = np.sqrt(2 / fans(shape)[0])
    return np.clip(rng.normal(0.0, stddev, shape), -2 * stddev, 2 * stddev)


def glorot_normal(shape, rng):
    stddev = np.sqrt(2 / sum(fans(shape)))
    return np.clip(rng.normal(0.0, stddev, shape), -2 * stddev, 2 * stddev)
