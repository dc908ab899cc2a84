def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    check_step(weights, gradient, learning_rate, beta_1=beta_1, beta_2=beta_2)
    first, second, step = state
    step = step + 1
    first = first + (1 - beta_1) * (gradient - first)
    second = second + (1 - beta_2) * (gradient * gradient - second)
    missing = (1 - beta_2**step) ** 0.5
    first_hat = first / (1 - beta_1**step)
    root_hat = second**0.5 / missing
    weights = weights - learning_rate * first_hat / (root_hat + epsilon / missing)
    return weights, (first, second, step)
