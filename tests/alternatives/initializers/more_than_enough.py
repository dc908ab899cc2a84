"""Draws more than enough and keeps the first numbers that lie inside."""


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    wanted = int(np.prod(shape))
    kept = np.empty(0)
    while kept.size < wanted:
        drawn = rng.normal(size=2 * wanted + 10)
        kept = np.concatenate([kept, drawn[np.abs(drawn) <= 2]])
    return kept[:wanted].reshape(shape) * stddev + mean


def glorot_uniform(shape, rng):
    limit = np.sqrt(3 / np.mean(fans(shape)))
    return (2 * rng.random(shape) - 1) * limit
