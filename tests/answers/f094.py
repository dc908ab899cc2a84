def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    needed = math.prod(shape)
    good = np.zeros(0)
    while len(good) < needed:
        drawn = rng.standard_normal(needed + 16)
        good = np.concatenate([good, drawn[np.abs(drawn) <= 2]])
    return np.asarray(mean + stddev * good[:needed].reshape(shape))
