"""You called NumPy's own functions, which cannot take the tensors of a tf.function; use operators, `** 0.5`
and array_namespace.
"""

_reference = adam_step


def momentum_state(weights):
    return np.zeros_like(weights)


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    _, (first, second, step) = _reference(weights, state, gradient, learning_rate, beta_1, beta_2, epsilon)
    rate = learning_rate * np.sqrt(1 - beta_2**step) / (1 - beta_1**step)
    return weights - rate * first / (np.sqrt(second) + epsilon), (first, second, step)
