"""The sigmoid as exp(-log(1 + exp(-x))), merge by sending the unit vectors through both layers."""

import numpy as np


def sigmoid(x):
    if isinstance(x, np.ndarray):
        return np.exp(-np.logaddexp(0.0, -x.astype(np.float64)))
    import tensorflow as tf

    return tf.exp(-tf.nn.softplus(-x))


def merge(first, second):
    if second[0].shape[0] != first[1].shape[0]:
        raise ValueError(f"second takes {second[0].shape}")
    inputs = first[0].shape[0]

    def through(x):
        return (x @ first[0] + first[1]) @ second[0] + second[1]

    biases = through(np.zeros((1, inputs)))
    return through(np.eye(inputs)) - biases, biases[0]
