"""Optimizers without recurrences: every state is a sum over all gradients so far; on a bowl, powers."""

from __future__ import annotations

import numpy as np


def velocities(gradients: np.ndarray, rates: float | np.ndarray, momentum: float) -> np.ndarray:
    """Return the velocity after each step, from zero: every step of gradient descent, faded by its age.

    Args:
        gradients: one for each step, along the first axis.
        rates: one learning rate, or one for each step.
        momentum: how much of a velocity is left after a step.
    """
    return -_faded_sums(gradients * _of_each_step(rates, gradients), momentum)


def momentum_path(
    weights: np.ndarray, gradients: np.ndarray, rates: float | np.ndarray, momentum: float
) -> np.ndarray:
    """Return the weights after each step: the velocities so far, added up."""
    return weights + np.cumsum(velocities(gradients, rates, momentum), axis=0)


def moments(gradients: np.ndarray, beta_1: float, beta_2: float) -> tuple[np.ndarray, np.ndarray]:
    """Return Adam's two moments after each step, from zero, as weighted sums of all gradients so far."""
    first = (1 - beta_1) * _faded_sums(gradients, beta_1)
    second = (1 - beta_2) * _faded_sums(np.square(gradients, dtype=np.float64), beta_2)
    return first, second


def adam_path(
    weights: np.ndarray,
    gradients: np.ndarray,
    rates: float | np.ndarray,
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
    first_total, second_total = moments(_of_each_step(1.0, gradients), beta_1, beta_2)
    mean, mean_square = first / first_total, second / second_total
    steps = mean / (np.sqrt(mean_square) + epsilon / np.sqrt(second_total))
    return weights - np.cumsum(steps * _of_each_step(rates, gradients), axis=0)


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
    # At rest, the step before the first went nowhere: the last two distances are equal.
    return np.linalg.matrix_power(once, steps)[0].sum() * error


def _faded_sums(values: np.ndarray, factor: float) -> np.ndarray:
    """Return, for each n, the sum over k <= n of `factor ** (n - k) * values[k]`."""
    ages = np.subtract.outer(np.arange(len(values)), np.arange(len(values)))
    fading = np.where(ages >= 0, float(factor) ** np.maximum(ages, 0), 0.0)
    return np.tensordot(fading, values.astype(np.float64), axes=1)


def _of_each_step(rates: float | np.ndarray, gradients: np.ndarray) -> np.ndarray:
    """Return a number for each step, in a shape that multiplies the gradients."""
    return np.broadcast_to(rates, len(gradients)).reshape(-1, *[1] * (gradients.ndim - 1))
