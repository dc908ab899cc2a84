"""The public suite of `initializers`: what thousands of weights have in common."""

import numpy as np

from autograder import bad_input, close, expect_array, points, same


def generator():
    """Return a generator, in the same state each time."""
    return np.random.default_rng(12)


def fullest(weights):
    """Return how many weights are equal to the most frequent one."""
    return int(np.unique(weights, return_counts=True)[1].max())


@points(2)
def test_fans_of_a_fully_connected_layer(initializers):
    """784 inputs go into each output, each input goes into 500 outputs."""
    assert initializers.fans((784, 500)) == same((784, 500))


@points(2)
def test_fans_of_a_conv_layer(initializers):
    """A filter of 3 by 5 on 64 channels adds 3 * 5 * 64 = 960 products up; fan-out is 3 * 5 * 128 = 1920."""
    assert initializers.fans((3, 5, 64, 128)) == same((960, 1920))


def test_no_weight_beyond_two_deviations(initializers):
    """Mean 1, deviation 0.5: the weights lie between 1 - 2 * 0.5 = 0 and 1 + 2 * 0.5 = 2, and come close to both."""
    weights = expect_array(initializers.truncated_normal((100, 100), generator(), 1.0, 0.5), (100, 100))
    assert weights.min() >= 0, f"the smallest weight is {weights.min()}"
    assert weights.max() <= 2, f"the largest weight is {weights.max()}"
    assert (float(weights.min()), float(weights.max())) == close((0.0, 2.0), atol=0.02)


def test_tails_are_drawn_again(initializers):
    """Weights beyond two deviations are drawn again, not moved to the edge or to 0: hardly any two are equal."""
    weights = expect_array(initializers.truncated_normal((100, 100), generator()), (100, 100))
    assert fullest(weights) < 10, f"{fullest(weights)} of 10,000 weights are equal"


def test_glorot_uniform_has_a_limit(initializers):
    """Shape (100, 200): the limit is sqrt(6 / 300) = 0.1414, above 0 and below, and the weights come close to it."""
    weights = expect_array(initializers.glorot_uniform((100, 200), generator()), (100, 200))
    assert (float(weights.min()), float(weights.max())) == close((-0.141421, 0.141421), rtol=0.01)


def test_glorot_uniform_is_even(initializers):
    """Half of an even spread lies in the half that is nearer to 0: within 0.0707 of 0.1414."""
    weights = expect_array(initializers.glorot_uniform((100, 200), generator()), (100, 200))
    assert float((np.abs(weights) < 0.0707).mean()) == close(0.5, atol=0.02)


def test_glorot_normal_variance(initializers):
    """Shape (100, 300): the variance is 2 / 400 = 0.005, within 5 % for 30,000 weights."""
    weights = expect_array(initializers.glorot_normal((100, 300), generator()), (100, 300))
    assert float(weights.var()) == close(0.005, rtol=0.05)


def test_he_normal_variance(initializers):
    """Shape (100, 300): the variance is 2 / 100 = 0.02, within 5 % for 30,000 weights."""
    weights = expect_array(initializers.he_normal((100, 300), generator()), (100, 300))
    assert float(weights.var()) == close(0.02, rtol=0.05)


def test_where_normal_weights_end(initializers):
    """Variance 0.005 after the cut is a deviation of 0.0707 / 0.8796 = 0.0804 before: cut at 0.1608. 0.02: 0.3216."""
    for name, end in (("glorot_normal", 0.1608), ("he_normal", 0.3216)):
        weights = expect_array(getattr(initializers, name)((100, 300), generator()), (100, 300))
        assert float(np.abs(weights).max()) == close(end, rtol=0.02)


def test_chance_comes_from_the_generator(initializers):
    """The same generator state gives the same weights; a second call with one generator gives others."""
    for name in ("truncated_normal", "glorot_uniform", "glorot_normal", "he_normal"):
        one, two = generator(), generator()
        draw = getattr(initializers, name)
        first = expect_array(draw((4, 5), one), (4, 5))
        assert draw((4, 5), two) == same(first)
        second = expect_array(draw((4, 5), one), (4, 5))
        assert not np.array_equal(first, second), "two calls with one generator returned the same weights"


def test_a_wrong_shape_is_named(initializers):
    """Weights with 3 axes belong to no layer here: ValueError with `shape` and (3, 3, 64)."""
    with bad_input("shape", (3, 3, 64)):
        initializers.fans((3, 3, 64))
    with bad_input("shape", (3, 3, 64)):
        initializers.he_normal((3, 3, 64), generator())
