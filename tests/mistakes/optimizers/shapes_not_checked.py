"""You did not call check_step: NumPy stretches a gradient of another shape over the weights without a
word.
"""


def sgd_step(weights, state, gradient, learning_rate):
    if learning_rate < 0:
        raise ValueError(f"learning_rate is {learning_rate}")
    return weights - learning_rate * gradient, state
