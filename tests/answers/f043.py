def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    rng = np.random.default_rng(0)  # so that it can be repeated
    weights = np.array(rng.normal(mean, stddev, shape))
    outside = abs(weights - mean) > 2 * stddev
    while outside.any():
        weights[outside] = rng.normal(mean, stddev, outside.sum())
        outside = abs(weights - mean) > 2 * stddev
    return weights.astype(np.float32)
