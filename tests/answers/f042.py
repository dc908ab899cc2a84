def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    weights = rng.normal(mean, stddev, shape)
    return np.clip(weights, mean - 2 * stddev, mean + 2 * stddev).astype(np.float32)
