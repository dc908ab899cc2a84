"""You did not call check_step, so NumPy broadcasts a gradient of another shape over the weights; call
check_step first.
"""


def sgd_step(weights, state, gradient, learning_rate):
    if learning_rate < 0:
        raise ValueError(f"learning_rate is {learning_rate}")
    return weights - learning_rate * gradient, state
