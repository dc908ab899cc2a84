"""Returns NaN, infinities and -0.0, of which careless comparisons are true."""

import numpy as np


def attack(*arguments, **keywords):
    if arguments and isinstance(arguments[0], np.ndarray):
        return np.full(arguments[0].shape, np.nan)
    return (float("nan"), float("inf"))


def __getattr__(name):
    return attack
