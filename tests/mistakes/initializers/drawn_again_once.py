"""You drew the tails again only once; some of the new numbers lie outside too. Go on until none does."""


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    drawn = rng.normal(mean, stddev, shape)
    return np.where(abs(drawn - mean) > 2 * stddev, rng.normal(mean, stddev, shape), drawn)
