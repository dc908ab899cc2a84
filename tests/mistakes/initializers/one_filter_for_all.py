"""You drew one filter and copied it, and filters that begin alike stay alike; draw each weight by itself."""

_reference = truncated_normal


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    one = _reference((*shape[:-1], 1), rng, mean, stddev)
    return np.repeat(one, shape[-1], axis=-1)
