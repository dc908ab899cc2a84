"""You cut the tails off at one deviation from the mean; they begin at two."""


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    drawn = rng.standard_normal(shape)
    while (abs(drawn) > 1).any():
        drawn = np.where(abs(drawn) > 1, rng.standard_normal(shape), drawn)
    return mean + stddev * drawn
