"""You took the absolute value: ReLU makes negative numbers 0, not positive."""


def relu(x):
    return abs(x)
