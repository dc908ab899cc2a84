"""The sigmoid as exp(-log(1 + exp(-x))), merge by sending the unit vectors through both layers."""

import numpy as np


def sigmoid(x):
    if isinstance(x, np.ndarray):
        return np.exp(-np.logaddexp(0.0, -x.astype(np.float64)))
    import tensorflow as tf

    return tf.exp(-tf.nn.softplus(-x))


def merge(first, second):
    def through(x, bias):
        return (x @ first[0] + bias * first[1]) @ second[0] + bias * second[1]

    inputs = len(first[0])
    return through(np.eye(inputs), 0), through(np.zeros((1, inputs)), 1)[0]
