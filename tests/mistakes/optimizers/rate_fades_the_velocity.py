"""You multiplied the whole velocity by the learning rate; only the gradient is: momentum * velocity -
learning_rate * gradient.
"""


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate, momentum=momentum)
    velocity = learning_rate * (momentum * velocity - gradient)
    return weights + velocity, velocity
