"""Moves the moments by a share of the difference, and corrects them one by one; epsilon grows with the
correction.
"""


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    if tuple(gradient.shape) != tuple(weights.shape):
        raise ValueError(f"weights {weights.shape} and gradient {gradient.shape} differ in shape")
    arguments = {"learning_rate": learning_rate, "beta_1": beta_1, "beta_2": beta_2}
    for name, value in arguments.items():
        if value < 0 or (name.startswith("beta") and value >= 1):
            raise ValueError(f"{name}={value} is out of range")
    first = state[0] + (gradient - state[0]) * (1 - beta_1)
    second = state[1] + (gradient * gradient - state[1]) * (1 - beta_2)
    step = 1 + state[2]
    left = 1 - beta_2**step
    mean = first / (1 - beta_1**step)
    size = (second / left) ** 0.5
    return [weights - learning_rate * mean / (size + epsilon / left**0.5), [first, second, step]]


def adam_state(weights):
    zeros = weights - weights
    # Of all those zeros, the first.
    return [zeros, zeros, zeros[(0,) * len(weights.shape)]]


def momentum_state(weights):
    return weights * 0
