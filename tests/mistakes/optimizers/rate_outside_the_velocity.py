"""You left the learning rate out of the velocity; it stands inside, so that a later rate does not rescale
the velocity gained before.
"""


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate, momentum=momentum)
    velocity = momentum * velocity - gradient
    return weights + learning_rate * velocity, velocity
