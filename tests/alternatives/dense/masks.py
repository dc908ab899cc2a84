"""ReLU and the sigmoid by Boolean masks on a copy, TensorFlow's own for tensors; merge by loops."""

import numpy as np


def relu(x):
    if not isinstance(x, np.ndarray):
        return array_namespace(x).nn.relu(x)
    answer = x.copy()
    answer[answer < 0] = 0
    return answer


def sigmoid(x):
    if not isinstance(x, np.ndarray):
        return array_namespace(x).sigmoid(x)
    answer = np.empty(x.shape)
    right = x >= 0
    answer[right] = 1 / (1 + np.exp(-x[right].astype(np.float64)))
    exponentials = np.exp(x[~right].astype(np.float64))
    answer[~right] = exponentials / (1 + exponentials)
    return answer


def merge(first, second):
    (inputs, hidden), (rows, units) = first[0].shape, second[0].shape
    if hidden != rows:
        raise ValueError(f"the second layer has weights of {(rows, units)}")
    weights, biases = np.zeros((inputs, units)), second[1].astype(np.float64)
    for unit in range(units):
        for inner in range(hidden):
            biases[unit] += first[1][inner] * second[0][inner, unit]
            for row in range(inputs):
                weights[row, unit] += first[0][row, inner] * second[0][inner, unit]
    return weights, biases
