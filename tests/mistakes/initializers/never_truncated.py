"""You left the tails on: weights beyond two deviations are to be drawn again."""


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    return rng.normal(mean, stddev, shape)
