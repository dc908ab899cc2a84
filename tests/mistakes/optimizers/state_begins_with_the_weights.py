"""You began the state as a copy of the weights; nothing has moved yet, so velocity and moments are zeros."""


def momentum_state(weights):
    return weights * 1


def adam_state(weights):
    return weights * 1, weights * 1, array_namespace(weights).zeros((), weights.dtype)
