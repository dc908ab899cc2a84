"""You forgot the minus sign: 1 / (1 + exp(x)) falls from 1 to 0, the sigmoid rises from 0 to 1."""

_reference = sigmoid


def sigmoid(x):
    return _reference(-x)
