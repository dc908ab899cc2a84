"""The hidden suite of `initializers`: moments, bounds and distributions, never single values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same
from tests.oracles import initializers as oracle

sides = st.integers(1, 40)
shapes = st.tuples(sides, sides) | st.tuples(st.integers(1, 7), st.integers(1, 7), sides, sides)
NAMES = ["truncated_normal", "glorot_uniform", "glorot_normal", "he_normal"]
# Fan-in and fan-out differ by much, filters are not square; each has at least 14,000 weights. So a spread that is
# right by chance for one shape, which happens to one guess in thirty, is wrong for the others.
LARGE = {
    "dense": [(200, 90), (60, 300), (20, 800), (1200, 15)],
    "convolution": [(3, 5, 20, 60), (5, 5, 48, 16), (1, 7, 90, 30), (7, 7, 6, 50)],
}


def drawn(initializers, name, shape, seed, **arguments):
    """Weights from a fresh generator, checked to be an array of that shape."""
    return expect_array(getattr(initializers, name)(shape, np.random.default_rng(seed), **arguments), shape)


def are_spread_as(weights, distribution):
    """Check that weights are drawn from a distribution, and reach from its one end to the other."""
    complaint = oracle.complaint(weights, distribution)
    assert not complaint, complaint
    low, high = distribution.support()
    # Of 14,000 weights, none is in the hundredth of the range at an end with a chance below 1e-13.
    ends = close((low, high), rtol=0, atol=0.01 * (high - low))
    assert (float(weights.min()), float(weights.max())) == ends


@proves("fans")
@points(2)
@given(shape=shapes)
def test_fans_count_what_is_added_up(initializers, shape):
    """Fan-in is the number of inputs of one output; fan-out the number of outputs of one input."""
    # A kernel's weights for one output, counted; and for one input.
    one = np.zeros(shape)
    assert initializers.fans(shape) == same((one[..., 0].size, np.moveaxis(one, -2, 0)[0].size))


@points(1.5)
@pytest.mark.parametrize("name", ["fans", "glorot_uniform", "glorot_normal", "he_normal"])
def test_other_shapes_are_refused(initializers, name):
    """Weights of a layer have 2 or 4 axes, none of them empty: all else is a ValueError."""
    arguments = () if name == "fans" else (np.random.default_rng(1),)
    for shape in ((5,), (3, 3, 64), (1, 3, 3, 4, 5), (), (0, 5), (3, 3, -1, 2)):
        with bad_input("shape", shape):
            getattr(initializers, name)(shape, *arguments)


@proves("truncated_normal")
@points(8)
def test_truncated_normal_is_one(initializers):
    """Normal between mean - 2 stddev and mean + 2 stddev, nothing outside, nothing heaped at the edges."""
    for mean, stddev in ((0, 1), (0, 0.05), (3, 0.5), (-1, 20)):
        weights = drawn(initializers, "truncated_normal", (150, 120), 1, mean=mean, stddev=stddev)
        are_spread_as(weights, oracle.truncated_normal(mean, stddev))


def test_nothing_is_heaped_at_the_edges(initializers):
    """Tails are drawn again: of 40,000 weights, fewer than 120 are within a hundredth of an edge."""
    weights = np.abs(drawn(initializers, "truncated_normal", (200, 200), 2))
    # P = 2 * density(2) * 0.01 / 0.9545 = 0.00113, so 45 are expected; above 120 by Chernoff's bound with a
    # chance below exp(-40000 * KL(0.003 || 0.00113)) = exp(-42) < 1e-18.
    near = int((weights > 1.99).sum())
    assert near < 120, f"{near} weights lie at the edge"


@proves("glorot_uniform")
@points(4)
@pytest.mark.parametrize("layer", LARGE)
def test_glorot_uniform_is_one(initializers, layer):
    """Evenly spread over -limit ... limit with limit = sqrt(6 / (fan_in + fan_out))."""
    for shape in LARGE[layer]:
        field = int(np.prod(shape[:-2]))
        limit = np.sqrt(6 / (field * (shape[-2] + shape[-1])))
        are_spread_as(drawn(initializers, "glorot_uniform", shape, 3), oracle.uniform(limit))


@proves("glorot_normal")
@points(4)
@pytest.mark.parametrize("layer", LARGE)
def test_glorot_normal_is_one(initializers, layer):
    """Truncated normal with the variance 2 / (fan_in + fan_out), after the tails are cut."""
    for shape in LARGE[layer]:
        field = int(np.prod(shape[:-2]))
        variance = 2 / (field * (shape[-2] + shape[-1]))
        are_spread_as(drawn(initializers, "glorot_normal", shape, 4), oracle.scaled_normal(variance))


@proves("he_normal")
@points(4)
@pytest.mark.parametrize("layer", LARGE)
def test_he_normal_is_one(initializers, layer):
    """Truncated normal with the variance 2 / fan_in, after the tails are cut."""
    for shape in LARGE[layer]:
        variance = 2 / (int(np.prod(shape[:-2])) * shape[-2])
        are_spread_as(drawn(initializers, "he_normal", shape, 5), oracle.scaled_normal(variance))


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_drawn_one_by_one(initializers, name):
    """No two rows, columns or filters are alike, and neighbours know nothing of each other."""
    weights = drawn(initializers, name, (120, 130), 6).astype(np.float64)
    weights = (weights - weights.mean()) / weights.std()
    # The mean of n = 15,000 products of independent weights below 2.3 is beyond 0.35 with a chance below
    # 2 * exp(-n * 0.35**2 / (2 * 2.3**4)) < 1e-12 (Hoeffding).
    for one, other in ((weights[1:], weights[:-1]), (weights[:, 1:], weights[:, :-1])):
        assert abs((one * other).mean()) < 0.35, "neighbouring weights are related"


@pytest.mark.parametrize("name", NAMES)
def test_chance_comes_from_the_generator_alone(initializers, name):
    """The same state gives the same weights, whatever was drawn elsewhere in between."""
    first = drawn(initializers, name, (6, 7), 7)
    drawn(initializers, name, (3, 3), 8)
    assert getattr(initializers, name)((6, 7), np.random.default_rng(7)) == same(first)


@pytest.mark.parametrize("name", NAMES)
def test_other_states_give_other_weights(initializers, name):
    """Another seed, and a second call with the same generator, give other weights."""
    rng = np.random.default_rng(9)
    one, two = (expect_array(getattr(initializers, name)((6, 7), rng), (6, 7)) for _ in range(2))
    assert not np.array_equal(one, two), "a second call with one generator returned the same weights"
    other = drawn(initializers, name, (6, 7), 10)
    assert not np.array_equal(one, other), "another seed returned the same weights"


@given(shape=st.lists(st.integers(0, 5), max_size=4).map(tuple), seed=st.integers(0, 99))
def test_truncated_normal_of_any_shape(initializers, shape, seed):
    """Any number of axes, empty ones too: biases have one, a single number has none."""
    weights = drawn(initializers, "truncated_normal", shape, seed, stddev=0.5)
    assert (np.abs(weights) <= 1).all(), "a weight lies beyond two deviations"
    assert weights.dtype.kind == "f", f"weights are float32, not {weights.dtype}"


def test_a_single_number_is_truncated_too(initializers):
    """Each of 200 numbers, drawn one by one, lies within two deviations."""
    # Of 200 numbers that are not truncated, all lie inside with a chance of 0.954**200 < 1e-4; of the
    # generator's that are drawn here, eight do not.
    rng = np.random.default_rng(12)
    weights = [expect_array(initializers.truncated_normal((1,), rng), (1,))[0] for _ in range(200)]
    assert max(np.abs(weights)) <= 2, "a weight lies beyond two deviations"


@pytest.mark.parametrize("stddev", [0, -1.5])
def test_no_negative_deviation(initializers, stddev):
    """A deviation of 0 or below is a ValueError that names it."""
    with bad_input("stddev", stddev):
        initializers.truncated_normal((2, 2), np.random.default_rng(1), 0.0, stddev)
