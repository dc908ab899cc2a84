"""You exchanged beta_1 and beta_2: beta_1 fades the first moment, beta_2 the second."""


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    check_step(weights, gradient, learning_rate, beta_1=beta_1, beta_2=beta_2)
    first, second, step = state
    step = step + 1
    first = beta_2 * first + (1 - beta_2) * gradient
    second = beta_1 * second + (1 - beta_1) * gradient**2
    rate = learning_rate * (1 - beta_1**step) ** 0.5 / (1 - beta_2**step)
    return weights - rate * first / (second**0.5 + epsilon), (first, second, step)
