"""You turned the arrays into float32, which knows seven digits; compute in the dtype of the weights."""

_sgd, _momentum = sgd_step, momentum_step


def _single(array):
    return array.astype(np.float32) if isinstance(array, np.ndarray) else array


def sgd_step(weights, state, gradient, learning_rate):
    return _sgd(_single(weights), state, _single(gradient), learning_rate)


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    return _momentum(_single(weights), _single(velocity), _single(gradient), learning_rate, momentum)
