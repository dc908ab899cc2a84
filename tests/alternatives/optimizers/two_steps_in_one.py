"""Rolls on and steps down separately, as two moves of the weights; gradient descent is momentum 0."""


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    if momentum < 0 or momentum >= 1:
        raise ValueError("momentum", momentum)
    if learning_rate < 0:
        raise ValueError("learning_rate", learning_rate)
    if weights.shape != gradient.shape:
        raise ValueError("gradient", gradient.shape, "weights", weights.shape)
    rolled, pushed = velocity * momentum, gradient * learning_rate
    return weights + rolled - pushed, rolled - pushed


def sgd_step(weights, state, gradient, learning_rate):
    return momentum_step(weights, gradient, gradient, learning_rate, 0.0)[0], sgd_state(weights)


def sgd_state(weights):
    return []
