"""You spread the weights evenly, which is He's other initializer; he_normal is a truncated normal distribution."""


def he_normal(shape, rng):
    limit = np.sqrt(6 / fans(shape)[0])
    return rng.uniform(-limit, limit, shape)
