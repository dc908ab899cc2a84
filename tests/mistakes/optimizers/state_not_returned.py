"""You returned the weights alone; each step returns two things, the new weights and the new state."""

_sgd, _momentum, _adam = sgd_step, momentum_step, adam_step


def sgd_step(*args, **kwargs):
    return _sgd(*args, **kwargs)[0]


def momentum_step(*args, **kwargs):
    return _momentum(*args, **kwargs)[0]


def adam_step(*args, **kwargs):
    return _adam(*args, **kwargs)[0]
