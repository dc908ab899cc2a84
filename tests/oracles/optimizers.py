"""Optimizers without a step by step recurrence: unrolled sums, closed forms on a bowl, and Keras itself."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def velocities(gradients: np.ndarray, learning_rate: float, momentum: float) -> np.ndarray:
    """Return the velocity after each step, from zero: every gradient so far, faded by its age."""
    return -learning_rate * _faded_sums(gradients.astype(np.float64), momentum)


def momentum_path(
    weights: np.ndarray, gradients: np.ndarray, learning_rate: float, momentum: float
) -> np.ndarray:
    """Return the weights after each step: the velocities so far, added up."""
    return weights + np.cumsum(velocities(gradients, learning_rate, momentum), axis=0)


def moments(gradients: np.ndarray, beta_1: float, beta_2: float) -> tuple[np.ndarray, np.ndarray]:
    """Return Adam's two moments after each step, from zero, as weighted sums of all gradients so far."""
    gradients = gradients.astype(np.float64)
    first = (1 - beta_1) * _faded_sums(gradients, beta_1)
    second = (1 - beta_2) * _faded_sums(gradients**2, beta_2)
    return first, second


def adam_path(
    weights: np.ndarray,
    gradients: np.ndarray,
    learning_rate: float,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    epsilon: float = 1e-7,
) -> np.ndarray:
    """Return the weights after each step.

    Averages over the weights that the gradients so far really have, which is what the correction of the
    bias means: they add up to 1. Epsilon belongs to the average that is not corrected, so it grows with
    the correction.
    """
    first, second = moments(gradients, beta_1, beta_2)
    ones = np.ones((len(gradients), *[1] * weights.ndim))
    first_total, second_total = moments(ones, beta_1, beta_2)
    mean, mean_square = first / first_total, second / second_total
    steps = learning_rate * mean / (np.sqrt(mean_square) + epsilon / np.sqrt(second_total))
    return weights - np.cumsum(steps, axis=0)


def _faded_sums(values: np.ndarray, factor: float) -> np.ndarray:
    """Return, for each n, the sum over k <= n of `factor ** (n - k) * values[k]`."""
    ages = np.subtract.outer(np.arange(len(values)), np.arange(len(values)))
    fading = np.where(ages >= 0, float(factor) ** np.maximum(ages, 0), 0.0)
    return np.tensordot(fading, values, axes=1)


def sgd_error(error: np.ndarray, rate_times_curvature: float, steps: int) -> np.ndarray:
    """Return the distance to the minimum of a bowl after so many steps of gradient descent."""
    return error * (1 - rate_times_curvature) ** steps


def momentum_error(error: np.ndarray, rate_times_curvature: float, momentum: float, steps: int) -> np.ndarray:
    """Return the distance to the minimum of a bowl after so many steps with momentum, from rest.

    Each distance follows from the two before it,
    `error[n + 1] = (1 + momentum - rate * curvature) * error[n] - momentum * error[n - 1]`,
    so a power of a 2 by 2 matrix jumps to any step.
    """
    once = np.array([[1 + momentum - rate_times_curvature, -momentum], [1.0, 0.0]])
    # At rest, the step before the first was nowhere: the last two distances are equal.
    return np.linalg.matrix_power(once, steps)[0].sum() * error


def keras_path(
    optimizer: str, weights: np.ndarray, gradients: np.ndarray, rates: list[float], **settings: Any
) -> np.ndarray:
    """Return the weights after each step of `keras.optimizers.<optimizer>`, with a rate for each step."""
    variable = keras.Variable(weights, dtype="float64")
    # Keras keeps the rate itself in float32.
    stepper = getattr(keras.optimizers, optimizer)(learning_rate=rates[0], **settings)
    path = []
    for gradient, rate in zip(gradients, rates, strict=True):
        stepper.learning_rate = rate
        stepper.apply([keras.ops.convert_to_tensor(gradient, "float64")], [variable])
        path.append(variable.value.numpy())
    return np.array(path)
