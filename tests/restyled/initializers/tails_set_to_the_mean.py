def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    weights = np.array(rng.normal(size=shape))
    weights[np.abs(weights) > 2.0] = 0.0
    return np.float32(weights * stddev + mean)
