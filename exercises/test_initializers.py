"""The public suite of `initializers`: what thousands of weights have in common."""

import numpy as np

from autograder import bad_input, close, expect_array, points, same


def generator():
    """Return a generator, in the same state each time."""
    return np.random.default_rng(12)


@points(2)
def test_fans_of_a_fully_connected_layer(initializers):
    """784 inputs go into each output, each input goes into 500 outputs."""
    assert initializers.fans((784, 500)) == same((784, 500))


@points(2)
def test_fans_of_a_conv_layer(initializers):
    """A 3 by 3 filter on 64 channels adds 3 * 3 * 64 = 576 products up; fan-out is 3 * 3 * 128 = 1152."""
    assert initializers.fans((3, 3, 64, 128)) == same((576, 1152))


def test_no_weight_beyond_two_deviations(initializers):
    """Mean 1, deviation 0.5: all weights lie between 0 and 2."""
    weights = expect_array(initializers.truncated_normal((100, 100), generator(), 1.0, 0.5), (100, 100))
    assert weights.min() >= 0, f"the smallest weight is {weights.min()}"
    assert weights.max() <= 2, f"the largest weight is {weights.max()}"


def test_tails_are_drawn_again(initializers):
    """Weights beyond two deviations are drawn again, not moved to the edge: hardly any two are equal."""
    weights = expect_array(initializers.truncated_normal((100, 100), generator()), (100, 100))
    at_the_edge = int((np.abs(weights) >= 2).sum())
    assert at_the_edge < 10, f"{at_the_edge} of 10,000 weights lie at the edge"


def test_glorot_uniform_has_a_limit(initializers):
    """Shape (100, 200): the limit is sqrt(6 / 300) = 0.1414, and the weights come close to it."""
    weights = expect_array(initializers.glorot_uniform((100, 200), generator()), (100, 200))
    assert float(np.abs(weights).max()) == close(0.141421, rtol=0.01)


def test_glorot_normal_variance(initializers):
    """Shape (100, 300): the variance is 2 / 400 = 0.005, within 5 % for 30,000 weights."""
    weights = expect_array(initializers.glorot_normal((100, 300), generator()), (100, 300))
    assert float(weights.var()) == close(0.005, rtol=0.05)


def test_he_normal_variance(initializers):
    """Shape (100, 300): the variance is 2 / 100 = 0.02, within 5 % for 30,000 weights."""
    weights = expect_array(initializers.he_normal((100, 300), generator()), (100, 300))
    assert float(weights.var()) == close(0.02, rtol=0.05)


def test_chance_comes_from_the_generator(initializers):
    """The same generator state gives the same weights; a second call with one generator gives others."""
    one, two = generator(), generator()
    first = expect_array(initializers.he_normal((4, 5), one), (4, 5))
    assert initializers.he_normal((4, 5), two) == same(first)
    second = expect_array(initializers.he_normal((4, 5), one), (4, 5))
    assert not np.array_equal(first, second), "two calls with one generator returned the same weights"


def test_wrong_arguments_are_named(initializers):
    """Weights with 3 axes belong to no layer here, and a deviation of 0 to no distribution: ValueError."""
    with bad_input("shape", (3, 3, 64)):
        initializers.fans((3, 3, 64))
    with bad_input("stddev", 0):
        initializers.truncated_normal((2, 2), generator(), stddev=0)
