"""You returned the velocity that came in, so it stays zero for ever; return the new one."""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    return weights + momentum * velocity - learning_rate * gradient, velocity
