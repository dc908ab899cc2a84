"""You added the gradient to the velocity, which then rolls uphill: velocity = momentum * velocity -
learning_rate * gradient.
"""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    velocity = momentum * velocity + learning_rate * gradient
    return weights + velocity, velocity
