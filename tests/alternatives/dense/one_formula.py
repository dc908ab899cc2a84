"""The sigmoid by its formula in float64, whose overflow is infinite and harmless; Python's own numbers for merge."""

import numpy as np


def dense(inputs, kernel, bias):
    units = int(kernel.shape[-1])
    if list(bias.shape) != [units]:
        raise ValueError(f"{units} units, but the shape of bias is {tuple(bias.shape)}")
    return array_namespace(inputs).tensordot(inputs, kernel, 1) + bias


def relu(x):
    xp = array_namespace(x)
    return -xp.minimum(-x, xp.zeros_like(x))


def sigmoid(x):
    if isinstance(x, np.ndarray):
        with np.errstate(over="ignore", under="ignore"):
            return 1.0 / (1.0 + np.exp(-x.astype(np.float64)))
    import tensorflow as tf

    return tf.math.sigmoid(x)


def merge(first, second):
    columns = second[0].T.tolist()
    rows = [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in first[0].tolist()]
    bias = [sum(a * b for a, b in zip(first[1].tolist(), column)) for column in columns]
    return rows, [one + float(other) for one, other in zip(bias, second[1])]
