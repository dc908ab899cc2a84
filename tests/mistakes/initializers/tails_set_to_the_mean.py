"""You set the weights beyond two deviations to the mean, where 5 % of them now lie; draw them again instead."""


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    drawn = rng.standard_normal(shape)
    drawn = np.where(abs(drawn) > 2, 0, drawn)
    return mean + stddev * drawn
