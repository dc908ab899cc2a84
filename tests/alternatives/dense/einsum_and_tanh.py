"""The layer by einsum in float64 where it can, the activation functions by tanh and by the absolute value."""

import numpy as np


def dense(inputs, weights, biases):
    xp = array_namespace(inputs)
    if weights.shape[0] != inputs.shape[1]:
        raise ValueError(f"the weights have shape {tuple(weights.shape)}")
    if len(biases.shape) != 1 or biases.shape[0] != weights.shape[1]:
        raise ValueError(f"the biases have shape {tuple(biases.shape)}")
    return xp.einsum("bi,iu->bu", inputs, weights) + biases


def relu(x):
    return (x + abs(x)) / 2


def sigmoid(x):
    if isinstance(x, np.ndarray):
        with np.errstate(over="ignore", under="ignore"):
            return 1.0 / (1.0 + np.exp(-x.astype(np.float64)))
    import tensorflow as tf

    return tf.sigmoid(x)
