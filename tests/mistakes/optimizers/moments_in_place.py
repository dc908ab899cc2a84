"""You changed the moments of the caller in place with `*=` and `+=`; write `first = beta_1 * first + ...`."""

_reference = adam_step


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    stepped, new_state = _reference(weights, state, gradient, learning_rate, beta_1, beta_2, epsilon)
    first, second, _ = state
    first *= beta_1
    first += (1 - beta_1) * gradient
    second *= beta_2
    second += (1 - beta_2) * gradient**2
    return stepped, (first, second, new_state[2])
