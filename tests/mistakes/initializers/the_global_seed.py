"""You drew from NumPy's global state; use the generator that you are given, or no run can be repeated."""

_reference = glorot_uniform


def glorot_uniform(shape, rng):
    _reference(shape, rng)
    limit = np.sqrt(6 / sum(fans(shape)))
    return np.random.uniform(-limit, limit, shape)
