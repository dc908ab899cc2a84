"""The distributions that weights are drawn from, by SciPy, and whether weights are drawn from them."""

from __future__ import annotations

import numpy as np
import scipy.stats

# A right answer is called wrong once in a billion runs at most; the suites run with fixed seeds besides.
FALSE_ALARM = 1e-9


def truncated_normal(mean: float, stddev: float) -> scipy.stats.rv_continuous:
    """Return the normal distribution cut off at two deviations, before the cut, from its mean."""
    return scipy.stats.truncnorm(-2, 2, loc=mean, scale=stddev)


def scaled_normal(variance: float) -> scipy.stats.rv_continuous:
    """Return the truncated normal distribution that has this variance after its tails are cut."""
    return truncated_normal(0, np.sqrt(variance / scipy.stats.truncnorm(-2, 2).var()))


def uniform(limit: float) -> scipy.stats.rv_continuous:
    """Return the even spread over -limit ... limit."""
    return scipy.stats.uniform(-limit, 2 * limit)


def complaint(weights: np.ndarray, distribution: scipy.stats.rv_continuous) -> str:
    """Return in what way weights are not drawn from a distribution, empty where they may well be.

    The largest distance between the two cumulative distributions exceeds sqrt(ln(2 / a) / (2 n)) with a
    chance below a (Dvoretzky, Kiefer and Wolfowitz; Massart 1990).
    """
    weights = np.sort(weights.astype(np.float64).ravel())
    # The distribution ends exactly at its edges, weights rounded to float32 a little beyond.
    low, high = distribution.support()
    slack = 1e-5 * (high - low)
    if weights[0] < low - slack or weights[-1] > high + slack:
        beyond = weights[0] if weights[0] < low - slack else weights[-1]
        return f"a weight of {beyond:.4g} lies outside of {low:.4g} ... {high:.4g}"
    count = len(weights)
    distance = scipy.stats.ks_1samp(weights, distribution.cdf).statistic
    if distance <= np.sqrt(np.log(2 / FALSE_ALARM) / (2 * count)):
        return ""
    return (
        f"{count} weights have mean {weights.mean():.4g} and variance {weights.var():.4g}, "
        f"expected {distribution.mean():.4g} and {distribution.var():.4g}"
        + (
            ""
            if abs(weights.var() / distribution.var() - 1) > 0.1
            else ", and their spread has another shape"
        )
    )
