"""You began with a single zero; every weight has a velocity of its own: zeros in the shape of the weights."""


def momentum_state(weights):
    return 0.0
