"""You used the step number before counting this step: at the first step 1 - beta**0 is 0, and the
correction divides by it.
"""

_reference = adam_step


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    _reference(weights, state, gradient, learning_rate, beta_1, beta_2, epsilon)  # refuses bad arguments
    first, second, step = state
    first = beta_1 * first + (1 - beta_1) * gradient
    second = beta_2 * second + (1 - beta_2) * gradient**2
    rate = learning_rate * (1 - beta_2**step) ** 0.5 / (1 - beta_1**step)
    return weights - rate * first / (second**0.5 + epsilon), (first, second, step + 1)
