"""You added epsilon to the corrected average, as the paper's Algorithm 1 does; Keras and this contract add
it to sqrt(second) as it is.
"""


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    check_step(weights, gradient, learning_rate, beta_1=beta_1, beta_2=beta_2)
    first, second, step = state
    step = step + 1
    first = beta_1 * first + (1 - beta_1) * gradient
    second = beta_2 * second + (1 - beta_2) * gradient**2
    first_corrected = first / (1 - beta_1**step)
    second_corrected = second / (1 - beta_2**step)
    return weights - learning_rate * first_corrected / (second_corrected**0.5 + epsilon), (
        first,
        second,
        step,
    )
