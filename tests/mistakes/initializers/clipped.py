"""You clipped the tails to the edges, where 5 % of the weights now lie; draw them again instead."""


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    return np.clip(rng.normal(mean, stddev, shape), mean - 2 * stddev, mean + 2 * stddev)
