"""You stepped up the slope: the gradient points to where the cost grows, so subtract it from the weights."""


def sgd_step(weights, state, gradient, learning_rate):
    check_step(weights, gradient, learning_rate)
    return weights + learning_rate * gradient, state
