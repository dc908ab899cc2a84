"""The layer input by input, ReLU by where, merge through a layer of examples."""

import numpy as np


def dense(inputs, kernel, bias):
    if tuple(bias.shape) != tuple(kernel.shape[1:]):
        raise ValueError(f"bias.shape is {tuple(bias.shape)}")
    total = bias
    for column in range(kernel.shape[0]):
        total = total + inputs[:, column : column + 1] * kernel[column]
    return total


def relu(x):
    xp = array_namespace(x)
    return xp.where(x > 0, x, xp.zeros_like(x))


def merge(first, second):
    bias = dense(first[1][None, :], second[0], second[1])[0]
    return [np.einsum("ih,hu->iu", first[0], second[0]), bias]
