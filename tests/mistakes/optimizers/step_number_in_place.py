"""You counted with `step += 1`, which changes the caller's array in place; `step = step + 1` makes a new
one.
"""

_reference = adam_step


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    first, second, step = state
    stepped, (first, second, _) = _reference(weights, state, gradient, learning_rate, beta_1, beta_2, epsilon)
    step += 1
    return stepped, (first, second, step)
