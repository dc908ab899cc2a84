"""You moved the weights by the velocity of the step before; compute the new velocity first, then move by
it.
"""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    return weights + velocity, momentum * velocity - learning_rate * gradient
