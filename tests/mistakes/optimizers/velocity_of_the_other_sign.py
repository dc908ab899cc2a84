"""Your velocity points up the slope and you subtract it: the weights are right, but here the velocity is
the step itself, minus included.
"""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    velocity = momentum * velocity + learning_rate * gradient
    return weights - velocity, velocity
