"""You took the hyperbolic tangent, which goes from -1 to 1; the sigmoid goes from 0 to 1."""


def sigmoid(x):
    return array_namespace(x).tanh(x)
