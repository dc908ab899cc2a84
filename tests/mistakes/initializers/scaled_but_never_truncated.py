"""You drew from a normal distribution with its tails; Glorot's and He's weights come from a truncated one."""


def he_normal(shape, rng):
    return rng.normal(0.0, np.sqrt(2 / fans(shape)[0]), shape)


def glorot_normal(shape, rng):
    return rng.normal(0.0, np.sqrt(2 / sum(fans(shape))), shape)
