def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    check_step(weights, gradient, learning_rate, beta_1=beta_1, beta_2=beta_2)
    first, second, step = state
    step = step + 1
    first = beta_1 * first + (1 - beta_1) * gradient
    second = beta_2 * second + (1 - beta_2) * gradient**2
    rate = learning_rate * (1 - beta_2**step) ** 0.5 / (1 - beta_1**step)
    weights = weights - rate * first / (second**0.5 + epsilon)
    corrected_first = first / (1 - beta_1**step)
    corrected_second = second / (1 - beta_2**step)
    return weights, (corrected_first, corrected_second, step)
