def normal_with_variance(shape, rng, variance):
    sigma = math.sqrt(variance)
    return truncated_normal(shape, rng, stddev=sigma * DEVIATION_OF_TRUNCATED_NORMAL)


def glorot_normal(shape: tuple[int, ...], rng: np.random.Generator) -> Float[np.ndarray, "*shape"]:
    return normal_with_variance(shape, rng, 2 / sum(fans(shape)))


def he_normal(shape: tuple[int, ...], rng: np.random.Generator) -> Float[np.ndarray, "*shape"]:
    inputs, _ = fans(shape)
    return normal_with_variance(shape, rng, 2 / inputs)
