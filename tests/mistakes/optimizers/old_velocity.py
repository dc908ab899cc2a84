"""You moved the weights by the velocity of the step before; compute the new velocity first, then move by it."""


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate, momentum=momentum)
    return weights + velocity, momentum * velocity - learning_rate * gradient
