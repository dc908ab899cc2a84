"""The distributions that weights are drawn from, in closed form, and whether weights are drawn from them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# The chance that one of the two comparisons below calls a right answer wrong. The suite makes 28 of each, so that it
# fails one right submission in a billion at most, whatever the seeds; its seeds are fixed besides.
FALSE_ALARM = 1e-11
BINS = 50
# Of 40,000 weights, rounded to float32, some are equal by chance. A single number is drawn with a probability below
# p = 3e-7 (density 0.84 at 3, where float32 has steps of 2.4e-7), so that one occurs nine times with a chance below
# 40,000**9 * p**8 / 9! < 1e-16.
MOST_EQUAL = 8
# Of a normal distribution with deviation 1: the share between -2 and 2, and the variance if it is cut off there.
_WITHIN = math.erf(math.sqrt(2))
_VARIANCE_WITHIN = 1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / _WITHIN


@dataclass(frozen=True)
class Distribution:
    """A symmetric distribution.

    Attributes:
        low: its one end.
        high: its other end.
        variance: its variance.
        below: the cumulative distribution function, which returns the share of the weights below each number.
    """

    low: float
    high: float
    variance: float
    below: Callable[[np.ndarray], np.ndarray]


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Count the weights of one output, and those of one input."""
    kernel = np.empty(shape)
    return kernel[..., 0].size, kernel[..., 0, :].size


def truncated_normal(mean: float, stddev: float) -> Distribution:
    """Return the normal distribution cut off at two deviations from its mean."""

    def below(x: np.ndarray) -> np.ndarray:
        return 0.5 + np.vectorize(math.erf)((x - mean) / stddev / math.sqrt(2)) / (2 * _WITHIN)

    return Distribution(mean - 2 * stddev, mean + 2 * stddev, stddev**2 * _VARIANCE_WITHIN, below)


def scaled_normal(variance: float) -> Distribution:
    """Return the truncated normal distribution that has this variance after its tails are cut."""
    return truncated_normal(0, math.sqrt(variance / _VARIANCE_WITHIN))


def uniform(limit: float) -> Distribution:
    """Return the even spread over -limit ... limit."""
    return Distribution(-limit, limit, limit**2 / 3, lambda x: (x + limit) / (2 * limit))


def complaint(weights: np.ndarray, distribution: Distribution) -> str:
    """Return in what way weights are not drawn from a distribution; empty if they may well be."""
    # The distribution ends exactly at its ends, weights rounded to float32 a little beyond.
    low, high = distribution.low, distribution.high
    slack = 1e-5 * (high - low)
    weights = np.sort(weights.astype(np.float64), axis=None)
    for beyond in weights[[0, -1]]:
        if not low - slack <= beyond <= high + slack:
            return f"a weight of {beyond:.4g} lies outside of {low:.4g} ... {high:.4g}"
    values, counts = np.unique(weights, return_counts=True)
    if counts.max() > MOST_EQUAL:
        return f"{counts.max()} of {len(weights)} weights are all {values[counts.argmax()]:.4g}"
    weights = weights.clip(low, high)
    if distance(weights, distribution.below) > np.sqrt(np.log(2 / FALSE_ALARM) / (2 * len(weights))):
        found, expected = weights.var(), distribution.variance
        return (
            f"{len(weights)} weights have mean {weights.mean():.4g} and variance {found:.4g}, "
            f"expected {(low + high) / 2:.4g} and {expected:.4g}"
            f"{', and their spread has another shape' if abs(found / expected - 1) < 0.1 else ''}"
        )
    edges = np.linspace(low, high, BINS + 1)
    shares, rights = np.histogram(weights, edges)[0] / len(weights), np.diff(distribution.below(edges))
    apart = divergence(shares, rights)
    worst = apart.argmax()
    if len(weights) * apart[worst] <= np.log(2 * BINS / FALSE_ALARM):
        return ""
    return (
        f"{shares[worst]:.2%} of the weights lie between {edges[worst]:.4g} and {edges[worst + 1]:.4g}, "
        f"expected {rights[worst]:.2%}"
    )


def distance(ordered: np.ndarray, below: Callable[[np.ndarray], np.ndarray]) -> float:
    """Return the largest distance between the cumulative distribution of a sample and that of a distribution.

    For a sample of n it exceeds sqrt(ln(2 / a) / (2 n)) with a chance below a (Dvoretzky, Kiefer and Wolfowitz;
    Massart 1990).
    """
    steps = np.arange(len(ordered) + 1) / len(ordered)
    expected = below(ordered)
    return float(max(np.max(steps[1:] - expected), np.max(expected - steps[:-1])))


def divergence(shares: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return the Kullback-Leibler divergence of each share from the expected one.

    Of n weights, a share on one side of the expected one is as far away with a chance of at most
    exp(-n * divergence) (Chernoff).
    """
    tiny = 1e-300
    both = (shares, expected), (1 - shares, 1 - expected)
    return sum(one * np.log(np.maximum(one, tiny) / other) for one, other in both)
