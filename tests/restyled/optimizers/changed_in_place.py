def sgd_step(weights, state, gradient, learning_rate):
    check_step(weights, gradient, learning_rate)
    if isinstance(weights, np.ndarray):
        np.subtract(weights, learning_rate * gradient, out=weights)
        return weights, state
    return weights - learning_rate * gradient, state
