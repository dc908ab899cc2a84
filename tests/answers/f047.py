def sgd_step(weights, state, gradient, learning_rate):
    check_step(weights, gradient, learning_rate)
    weights -= learning_rate * gradient
    return weights, state
