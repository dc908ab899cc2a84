"""You multiplied by the learning rate twice: the velocity has it in it already, so the weights move by the
velocity as it is.
"""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    velocity = momentum * velocity - learning_rate * gradient
    return weights + learning_rate * velocity, velocity
