def he_normal(shape, rng):
    variance = 2.0 / fans(shape)[0]
    weights = rng.normal(size=shape)
    while np.any(np.abs(weights) > 2):
        far = np.abs(weights) > 2
        weights[far] = rng.normal(size=far.sum())
    return np.float32(weights / 0.8796256610342398 * variance)


def glorot_normal(shape, rng):
    variance = 2.0 / sum(fans(shape))
    weights = rng.normal(size=shape)
    while np.any(np.abs(weights) > 2):
        far = np.abs(weights) > 2
        weights[far] = rng.normal(size=far.sum())
    return np.float32(weights / 0.8796256610342398 * variance)
