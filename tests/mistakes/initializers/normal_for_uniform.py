"""You drew a normal distribution; glorot_uniform is spread evenly between two limits."""


def glorot_uniform(shape, rng):
    return glorot_normal(shape, rng)
