"""You multiplied the gradient by 1 - momentum, as in an average; the velocity is a sum, and the whole
gradient goes into it.
"""


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate, momentum=momentum)
    velocity = momentum * velocity - (1 - momentum) * learning_rate * gradient
    return weights + velocity, velocity
