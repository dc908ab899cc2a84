"""Initializers: with which random weights a network begins, and why it matters.

A layer adds up as many products as it has inputs. If its weights are drawn with *standard deviation* 1, the sum
over 576 inputs has a standard deviation of sqrt(576) = 24, that of the next layer 24 times as much, and after
four layers the softmax sees numbers in the ten thousands and is certain of nonsense: outputs and gradients
explode (*exploding gradients*). If the weights are drawn with a standard deviation of 0.01, every layer shrinks
its input, all predictions are alike, and the gradients vanish (*vanishing gradients*). Between the two lies one
that leaves the outputs as spread as the inputs: *variance scaling*, a variance of about 1 / fan-in, where
*fan-in* is the number of inputs that one output adds up.

| | variance | for |
|---|---|---|
| Glorot (Xavier) | 2 / (fan_in + fan_out) | linear layers, and the last one |
| He | 2 / fan_in | layers before a ReLU, which throws half of the variance away |

Picture: docs/pictures/initializers.svg
Sources: Glorot and Bengio (2010), https://proceedings.mlr.press/v9/glorot10a.html; He et al. (2015),
https://arxiv.org/abs/1502.01852; https://keras.io/api/layers/initializers/
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float

# The deviation of a normal distribution with deviation 1 that is cut off at -2 and 2.
DEVIATION_OF_TRUNCATED_NORMAL = 0.87962566103423978


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return how many inputs one output of a layer adds up, and how many outputs one input goes into.

        dense (inputs, units):                                    fan_in = inputs,  fan_out = units
        conv (height, width, in_channels, filters):
            fan_in  = height * width * in_channels
            fan_out = height * width * filters

    A filter sees height * width pixels, its *receptive field*, of each input channel: all of them count.

    Args:
        shape: of the weights, 2 or 4 numbers.

    Raises:
        ValueError: for another number of them; the message names `shape` and its value.

    >>> fans((784, 500))
    (784, 500)
    >>> fans((3, 3, 64, 128))
    (576, 1152)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def truncated_normal(
    shape: tuple[int, ...], rng: np.random.Generator, mean: float = 0.0, stddev: float = 1.0
) -> Float[np.ndarray, "*shape"]:
    """Return weights from a normal distribution without its tails.

    A number further than two deviations from the mean is thrown away and drawn again, until it is inside.
    (To move it to the edge instead, to clip it, would heap 5 % of the weights up at the two edges.) The
    weights then deviate by `0.8796 * stddev`.

    Args:
        shape: of the weights, any number of axes.
        rng: the only source of chance. A second call with it returns other weights.
        mean: of the distribution.
        stddev: standard deviation of the distribution before its tails are cut.

    Returns:
        float32 (float64 is accepted).

    >>> weights = truncated_normal((5, 5, 1, 16), np.random.default_rng(0), stddev=0.05)
    >>> weights.shape, bool(abs(weights).max() <= 0.1)
    ((5, 5, 1, 16), True)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def glorot_uniform(shape: tuple[int, ...], rng: np.random.Generator) -> Float[np.ndarray, "*shape"]:
    """Return weights spread evenly between -limit and limit.

        limit = sqrt(6 / (fan_in + fan_out))

    An even spread over -limit ... limit has the variance limit**2 / 3: here 2 / (fan_in + fan_out).

    Args:
        shape: of the weights, as for `fans`.
        rng: the only source of chance.

    Returns:
        float32 (float64 is accepted).

    Raises:
        ValueError: as `fans`.

    >>> weights = glorot_uniform((3, 3), np.random.default_rng(0))  # limit 1
    >>> bool((abs(weights) <= 1).all())
    True
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def glorot_normal(shape: tuple[int, ...], rng: np.random.Generator) -> Float[np.ndarray, "*shape"]:
    """Return weights from a truncated normal distribution with the variance 2 / (fan_in + fan_out).

    That is the variance of the weights *after* the tails are cut. So the distribution is drawn with a
    deviation that is larger by 1 / 0.8796 (`DEVIATION_OF_TRUNCATED_NORMAL`), and cut at two of those.

    Args:
        shape: of the weights, as for `fans`.
        rng: the only source of chance.

    Returns:
        float32 (float64 is accepted), mean 0.

    Raises:
        ValueError: as `fans`.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def he_normal(shape: tuple[int, ...], rng: np.random.Generator) -> Float[np.ndarray, "*shape"]:
    """Return weights from a truncated normal distribution with the variance 2 / fan_in.

    As `glorot_normal`, with another variance: after the tails are cut.

    Args:
        shape: of the weights, as for `fans`.
        rng: the only source of chance.

    Returns:
        float32 (float64 is accepted), mean 0.

    Raises:
        ValueError: as `fans`.
    """
    # YOUR CODE HERE
    raise NotImplementedError()
