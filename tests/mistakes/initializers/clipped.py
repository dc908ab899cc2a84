"""You clipped the tails to the edges, where 5 % of the weights now lie; draw them again instead."""

_reference = truncated_normal


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    _reference((), rng, mean, stddev)
    return np.clip(rng.normal(mean, stddev, shape), mean - 2 * stddev, mean + 2 * stddev)
