"""The gradients of each layer by their definition: from every output, number by number, back to what made it."""

from __future__ import annotations

import numpy as np


def dense_gradients(
    inputs: np.ndarray, kernel: np.ndarray, gradient: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Go through every output: each has one input row, one column of weights and one bias."""
    found = np.zeros(inputs.shape), np.zeros(kernel.shape), np.zeros(kernel.shape[1])
    for (n, unit), slope in np.ndenumerate(gradient):
        for i in range(len(kernel)):
            found[0][n, i] += slope * kernel[i, unit]
            found[1][i, unit] += slope * inputs[n, i]
        found[2][unit] += slope
    return found


def relu_gradient(inputs: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Let the gradient of each positive input pass."""
    passed = [slope if x > 0 else 0.0 for x, slope in zip(inputs.ravel(), gradient.ravel(), strict=True)]
    return np.reshape(passed, inputs.shape)


def softmax_cross_entropy_gradient(probabilities: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Differentiate the logarithm of a softmax: d log p[j] / d logit[k] = (1 if j == k else 0) - p[k]."""
    batch, classes = probabilities.shape
    found = np.zeros((batch, classes))
    for n, j, k in np.ndindex(batch, classes, classes):
        found[n, k] -= targets[n, j] * ((j == k) - probabilities[n, k]) / batch
    return found


def conv2d_gradients(
    images: np.ndarray, kernel: np.ndarray, gradient: np.ndarray, strides: tuple[int, int] = (1, 1)
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Go through every output: its patch and its filter are multiplied, so each gets the other."""
    found = np.zeros(images.shape), np.zeros(kernel.shape), np.zeros(kernel.shape[3])
    for (n, i, j, f), slope in np.ndenumerate(gradient):
        top, left = i * strides[0], j * strides[1]
        patch = np.s_[n, top : top + kernel.shape[0], left : left + kernel.shape[1]]
        found[0][patch] += slope * kernel[..., f]
        found[1][..., f] += slope * images[patch]
        found[2][f] += slope
    return found


def max_pool_gradient(
    images: np.ndarray,
    gradient: np.ndarray,
    pool_size: tuple[int, int] = (2, 2),
    strides: tuple[int, int] = (2, 2),
) -> np.ndarray:
    """Go through every output: of its pixels in reading order, Python's `max` takes the first of the largest."""
    found = np.zeros(images.shape)
    for (n, i, j, channel), slope in np.ndenumerate(gradient):
        pixels = [
            (n, i * strides[0] + y, j * strides[1] + x, channel)
            for y in range(pool_size[0])
            for x in range(pool_size[1])
        ]
        found[max(pixels, key=images.__getitem__)] += slope
    return found
