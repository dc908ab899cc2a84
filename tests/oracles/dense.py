"""The fully connected layer sum by sum, the sigmoid by its logarithm."""

from __future__ import annotations

import math

import numpy as np

Layer = tuple[np.ndarray, np.ndarray]


def dense(inputs: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Add each output up by itself, without rounding in between."""
    inputs, kernel = inputs.astype(float), kernel.astype(float)
    columns = list(zip(kernel.T, bias, strict=True))
    sums = [math.fsum([own, *(example * column)]) for example in inputs for column, own in columns]
    return np.reshape(sums, (len(inputs), len(bias)))


def merge(first: Layer, second: Layer) -> Layer:
    """Send the first layer's weights and its bias through the second layer: only the bias meets its bias."""
    return dense(first[0], second[0], 0 * second[1]), dense(first[1][None], *second)[0]


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return exp(-log(exp(0) + exp(-x)))."""
    return np.exp(-np.logaddexp(0, -x.astype(float)))
