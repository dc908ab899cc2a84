"""You looked ahead as Nesterov's momentum does; here the weights move by the new velocity and no further."""

_reference = momentum_step


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    _reference(weights, velocity, gradient, learning_rate, momentum)  # refuses bad arguments
    velocity = momentum * velocity - learning_rate * gradient
    return weights + momentum * velocity - learning_rate * gradient, velocity
