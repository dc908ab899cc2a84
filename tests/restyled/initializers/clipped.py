def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    low, high = mean - 2 * stddev, mean + 2 * stddev
    return np.minimum(np.maximum(rng.normal(mean, stddev, size=shape), low), high).astype("float32")
