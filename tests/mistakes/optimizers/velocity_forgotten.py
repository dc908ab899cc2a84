"""You returned the velocity that came in, so it stays zero; return the new one."""


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate, momentum=momentum)
    return weights + momentum * velocity - learning_rate * gradient, velocity
