"""You returned the slope of the sigmoid, s * (1 - s); the sigmoid itself is s."""

_reference = sigmoid


def sigmoid(x):
    return _reference(x) * (1 - _reference(x))
