def sgd_step(weights, state, gradient, learning_rate):
    check_step(weights, gradient, learning_rate)
    step = gradient * learning_rate
    return step + weights, state
