"""You multiplied the whole velocity by the learning rate; only the gradient is: momentum * velocity -
learning_rate * gradient.
"""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    velocity = learning_rate * (momentum * velocity - gradient)
    return weights + velocity, velocity
