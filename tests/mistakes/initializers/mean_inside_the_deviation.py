"""You multiplied the mean by the deviation too; it is added after: mean + stddev * drawn."""

_reference = truncated_normal


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    return stddev * (mean + _reference(shape, rng))
