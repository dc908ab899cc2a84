"""Your velocity points up the slope and you subtract it: the weights are right, but the velocity must be the
step itself, minus included.
"""


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate, momentum=momentum)
    velocity = momentum * velocity + learning_rate * gradient
    return weights - velocity, velocity
