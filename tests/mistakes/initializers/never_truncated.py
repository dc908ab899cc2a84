"""You left the tails on: weights beyond two deviations are to be drawn again."""

_reference = truncated_normal


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    _reference((), rng, mean, stddev)
    return rng.normal(mean, stddev, shape)
