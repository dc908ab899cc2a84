"""You clipped x to -10 ... 10 so that nothing overflows: far out, 0.00005 is left where 0 is right."""

_reference = sigmoid


def sigmoid(x):
    xp = array_namespace(x)
    return _reference(xp.minimum(xp.maximum(x, -10), 10))
