"""Named tuples for the states, one function that both averages of Adam go through."""

from collections import namedtuple

Moments = namedtuple("Moments", "first second step")


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate)
    if not 0 <= momentum < 1:
        raise ValueError(f"momentum {momentum}")
    rolled = momentum * velocity - learning_rate * gradient
    return rolled + weights, rolled


def adam_state(weights):
    nothing = array_namespace(weights).zeros_like(weights)
    return Moments(nothing, nothing, array_namespace(weights).zeros((), weights.dtype))


def _averaged(former, new, beta):
    return beta * former + (1 - beta) * new


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    check_step(weights, gradient, learning_rate)
    for name, value in (("beta_1", beta_1), ("beta_2", beta_2)):
        if value < 0 or value >= 1:
            raise ValueError(f"{name} {value}")
    moments = Moments(*state)
    count = moments.step + 1
    first = _averaged(moments.first, gradient, beta_1)
    second = _averaged(moments.second, gradient * gradient, beta_2)
    corrected = first * (1 - beta_2**count) ** 0.5
    moved = weights - learning_rate * corrected / ((second**0.5 + epsilon) * (1 - beta_1**count))
    return moved, Moments(first, second, count)
