"""You left the learning rate out of the velocity; it stands inside, so that a later rate does not rescale
the velocity gained before.
"""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    velocity = momentum * velocity - gradient
    return weights + learning_rate * velocity, velocity
