"""ReLU and the sigmoid by Boolean masks on a copy, TensorFlow's own for tensors; merge by loops."""

import numpy as np


def relu(x):
    if not isinstance(x, np.ndarray):
        import tensorflow as tf

        return tf.nn.relu(x)
    answer = x.copy()
    answer[answer < 0] = 0
    return answer


def sigmoid(x):
    if not isinstance(x, np.ndarray):
        import tensorflow as tf

        return tf.sigmoid(x)
    answer = np.empty(x.shape)
    right = x >= 0
    answer[right] = 1 / (1 + np.exp(-x[right].astype(np.float64)))
    exponentials = np.exp(x[~right].astype(np.float64))
    answer[~right] = exponentials / (1 + exponentials)
    return answer


def merge(first, second):
    (inputs, hidden), units = first[0].shape, len(second[1])
    kernel, bias = np.zeros((inputs, units)), second[1].astype(np.float64)
    for unit in range(units):
        for inner in range(hidden):
            bias[unit] += first[1][inner] * second[0][inner, unit]
            for row in range(inputs):
                kernel[row, unit] += first[0][row, inner] * second[0][inner, unit]
    return kernel, bias
