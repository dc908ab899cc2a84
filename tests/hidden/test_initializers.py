"""The hidden suite of `initializers`: bounds, moments and distributions, never single values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same
from tests.oracles import initializers as oracle

fields = st.integers(1, 7)
sides = st.integers(1, 40) | st.sampled_from([65, 300])
shapes = st.tuples(sides, sides) | st.tuples(fields, fields, sides, sides)
NAMES = ["truncated_normal", "glorot_uniform", "glorot_normal", "he_normal"]
# Fan-in and fan-out differ by much, filters are not square; each has at least 40,000 weights. So a spread that is
# right by chance for one shape, which happens to one guess in thirty, is wrong for the others.
LARGE = {
    "dense": [(250, 160), (100, 400), (40, 1000), (2000, 20), (1, 40_000)],
    "convolution": [(3, 5, 40, 70), (5, 5, 80, 20), (1, 7, 200, 30), (7, 7, 10, 82)],
}


def drawn(initializers, name, shape, seed, **arguments):
    """Weights from a fresh generator, checked to be an array of that shape."""
    return expect_array(getattr(initializers, name)(shape, np.random.default_rng(seed), **arguments), shape)


def are_spread_as(weights, distribution):
    """Check that weights are drawn from a distribution, and reach from its one end to the other."""
    complaint = oracle.complaint(weights, distribution)
    assert not complaint, complaint
    # Of 40,000 weights, none is in the last two-hundredth of the range at an end with a chance below 1e-19.
    low, high = distribution.low, distribution.high
    ends = close((low, high), rtol=0, atol=0.005 * (high - low))
    assert (float(weights.min()), float(weights.max())) == ends


@proves("fans")
@points(3)
@given(shape=shapes)
def test_fans_count_what_is_added_up(initializers, shape):
    """Fan-in is the number of inputs of one output; fan-out the number of outputs of one input."""
    assert initializers.fans(shape) == same(oracle.fans(shape))


@points(2)
def test_other_shapes_are_refused(initializers):
    """Weights of a layer have 2 or 4 axes: for any other number of them, `fans` and what asks it raise ValueError."""
    for shape in ((5,), (3, 3, 64), (1, 3, 3, 4, 5)):
        with bad_input("shape", shape):
            initializers.fans(shape)
        for name in ("glorot_uniform", "glorot_normal", "he_normal"):
            with bad_input("shape", shape):
                getattr(initializers, name)(shape, np.random.default_rng(1))


@proves("truncated_normal")
@points(8)
def test_truncated_normal_is_one(initializers):
    """Normal between mean - 2 stddev and mean + 2 stddev: nothing outside, nothing heaped up at any number."""
    for mean, stddev in ((0, 1), (0, 0.05), (3, 0.5), (-1, 20)):
        weights = drawn(initializers, "truncated_normal", (250, 160), 1, mean=mean, stddev=stddev)
        are_spread_as(weights, oracle.truncated_normal(mean, stddev))


@proves("glorot_uniform")
@points(4)
@pytest.mark.parametrize("layer", LARGE)
def test_glorot_uniform_is_one(initializers, layer):
    """Evenly spread over -limit ... limit with limit = sqrt(6 / (fan_in + fan_out))."""
    for shape in LARGE[layer]:
        weights = drawn(initializers, "glorot_uniform", shape, 3)
        are_spread_as(weights, oracle.uniform(np.sqrt(6 / sum(oracle.fans(shape)))))


@proves("glorot_normal")
@points(4)
@pytest.mark.parametrize("layer", LARGE)
def test_glorot_normal_is_one(initializers, layer):
    """Truncated normal with the variance 2 / (fan_in + fan_out), after the tails are cut."""
    for shape in LARGE[layer]:
        weights = drawn(initializers, "glorot_normal", shape, 4)
        are_spread_as(weights, oracle.scaled_normal(2 / sum(oracle.fans(shape))))


@proves("he_normal")
@points(4)
@pytest.mark.parametrize("layer", LARGE)
def test_he_normal_is_one(initializers, layer):
    """Truncated normal with the variance 2 / fan_in, after the tails are cut."""
    for shape in LARGE[layer]:
        weights = drawn(initializers, "he_normal", shape, 5)
        are_spread_as(weights, oracle.scaled_normal(2 / oracle.fans(shape)[0]))


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_drawn_one_by_one(initializers, name):
    """No two rows, columns or filters are alike, and neighbours know nothing of each other."""
    weights = drawn(initializers, name, (120, 130), 6).astype(np.float64)
    weights = (weights - weights.mean()) / weights.std()
    # The mean of n = 15,000 products of independent weights below 2.3 is beyond 0.35 with a chance below
    # 2 * exp(-n * 0.35**2 / (2 * 2.3**4)) < 1e-13 (Hoeffding).
    for one, other in ((weights[1:], weights[:-1]), (weights[:, 1:], weights[:, :-1])):
        assert abs((one * other).mean()) < 0.35, "neighbouring weights are related"


@pytest.mark.parametrize("name", NAMES)
def test_chance_comes_from_the_generator_alone(initializers, name):
    """The same state gives the same weights, whatever was drawn elsewhere in between."""
    first = drawn(initializers, name, (6, 7), 7)
    drawn(initializers, name, (1, 1), 8)
    assert getattr(initializers, name)((6, 7), np.random.default_rng(7)) == same(first)


@pytest.mark.parametrize("name", NAMES)
def test_other_states_give_other_weights(initializers, name):
    """Another seed, and a second call with the same generator, give other weights."""
    rng = np.random.default_rng(9)
    one, two = (expect_array(getattr(initializers, name)((6, 7), rng), (6, 7)) for _ in range(2))
    assert not np.array_equal(one, two), "a second call with one generator returned the same weights"
    other = drawn(initializers, name, (6, 7), 10)
    assert not np.array_equal(one, other), "another seed returned the same weights"


@given(shape=st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple), seed=st.integers(0, 99))
def test_truncated_normal_of_any_shape(initializers, shape, seed):
    """Any number of axes: a bias has one. All weights are floats within two deviations."""
    weights = drawn(initializers, "truncated_normal", shape, seed, stddev=0.5)
    assert (np.abs(weights) <= 1).all(), "a weight lies beyond two deviations"
    assert weights.dtype.kind == "f", f"weights are float32, not {weights.dtype}"


def test_few_weights_are_truncated_too(initializers):
    """Each of 200 numbers, drawn one by one, lies within two deviations."""
    # Of 200 numbers that are not truncated, all lie inside with a chance of 0.954**200 < 1e-4; of the
    # generator's that are drawn here, eight do not.
    rng = np.random.default_rng(12)
    weights = [expect_array(initializers.truncated_normal((1,), rng), (1,))[0] for _ in range(200)]
    assert max(np.abs(weights)) <= 2, "a weight lies beyond two deviations"
