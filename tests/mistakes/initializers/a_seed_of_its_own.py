"""You made a generator with a fixed seed: every layer then begins with the same weights. Use `rng`."""

_reference = truncated_normal


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    return _reference(shape, np.random.default_rng(0), mean, stddev)
