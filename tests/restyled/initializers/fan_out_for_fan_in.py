def he_normal(shape, rng):
    deviation = (2.0 / fans(shape)[1]) ** 0.5 / 0.8796256610342398
    weights = rng.normal(size=shape)
    far = np.abs(weights) > 2
    while far.sum():
        weights[far] = rng.normal(size=far.sum())
        far = np.abs(weights) > 2
    return np.float32(weights * deviation)
