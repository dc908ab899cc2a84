"""You weighed the gradient by 1 - momentum, as in an average; the velocity is a sum, so on a steady slope
it grows to 1 / (1 - momentum) steps.
"""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    velocity = momentum * velocity - (1 - momentum) * learning_rate * gradient
    return weights + velocity, velocity
