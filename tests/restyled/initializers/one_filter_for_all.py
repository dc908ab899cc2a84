def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    first = np.empty(shape[:-1])
    for index in np.ndindex(*shape[:-1]):
        first[index] = rng.normal()
        while abs(first[index]) > 2:
            first[index] = rng.normal()
    return (mean + stddev * np.stack([first] * shape[-1], axis=-1)).astype(np.float32)
