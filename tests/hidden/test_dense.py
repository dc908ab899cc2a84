"""The hidden suite of `dense`."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same, tensors
from autograder.protocol.plain import Tensor
from tests.oracles import dense as oracle
from tests.strategies import arrays, few

counts = st.integers(1, 4)
seeds = st.integers(0, 99)
any_shape = st.lists(st.integers(0, 3), max_size=4).map(tuple)
# The first is what the smallest failing example has.
scales = st.sampled_from([1.0, 1e-3, 1e6, 1e-12])
dtypes = st.sampled_from([np.float32, np.float64])


def layer(batch, inputs, units, seed):
    """Inputs, kernel and bias of whole numbers."""
    rng = np.random.default_rng(seed)
    shapes = ((batch, inputs), (inputs, units), (units,))
    return [rng.integers(-4, 5, shape).astype(np.float32) for shape in shapes]


def fractions(shape, seed, scale, dtype=np.float32):
    """Fractions of about that size, of both signs, and among them 0.0 and -0.0."""
    rng = np.random.default_rng(seed)
    return np.asarray(rng.normal(0, scale, shape) * rng.choice([1, 1, 1, 0], shape), dtype)


@proves("dense")
@points(3)
@given(batch=st.integers(0, 4), inputs=counts, units=counts, seed=seeds)
def test_every_output_is_its_sum(dense, batch, inputs, units, seed):
    """output = sum of input * weight over the inputs, plus the unit's bias, for each example by itself."""
    arguments = layer(batch, inputs, units, seed)
    assert dense.dense(*arguments) == close(oracle.dense(*arguments))


@proves("dense")
@points(2)
@given(batch=counts, inputs=counts, units=counts, seed=seeds, one=scales, other=scales, dtype=dtypes)
def test_outputs_of_fractions(dense, batch, inputs, units, seed, one, other, dtype):
    """The sum is as exact for fractions, for numbers around 1e-12 and for millions as for whole numbers."""
    inputs_, kernel = (
        fractions((batch, inputs), seed, one, dtype),
        fractions((inputs, units), seed + 1, other),
    )
    bias = fractions((units,), seed + 2, one * other, dtype)
    expected = close(oracle.dense(inputs_, kernel, bias), atol=1e-5 * one * other)
    assert dense.dense(inputs_, kernel, bias) == expected


@proves("dense", "merge")
def test_layers_of_hundreds(dense):
    """65 examples, 300 inputs and 300 hidden units are added up as three are."""
    x, kernel, bias = layer(65, 300, 300, seed=3)
    _, *second = layer(0, 300, 2, seed=4)
    assert dense.dense(x, kernel, bias) == close(oracle.dense(x, kernel, bias))
    assert dense.merge((kernel, bias), tuple(second)) == close(oracle.merge((kernel, bias), second))


def test_a_bias_of_another_shape_is_refused(dense):
    """Four units need a bias of the shape (4,): any other is a ValueError, also if it can be broadcast."""
    for shape in ((3,), (5,), (1,), (1, 4), (4, 1)):
        with bad_input("bias", shape):
            dense.dense(np.ones((4, 3)), np.ones((3, 4)), np.ones(shape))


@proves("relu")
@points(3)
@given(shape=any_shape, seed=seeds, scale=scales, dtype=dtypes)
def test_relu_element_by_element(dense, shape, seed, scale, dtype):
    """ReLU is max(x, 0) of every element, in the shape of x."""
    x = fractions(shape, seed, scale, dtype)
    assert dense.relu(x) == same(np.where(x > 0, x, 0))


@given(x=arrays(any_shape))
def test_relu_laws(dense, x):
    """relu(x) - relu(-x) = x, and a second ReLU changes nothing."""
    up, down = (expect_array(dense.relu(np.asarray(value)), x.shape) for value in (x, -x))
    assert up - down == same(x)
    assert dense.relu(up) == same(up)


@proves("sigmoid")
@points(3)
@given(shape=any_shape, seed=seeds, scale=st.sampled_from([1, 0.1, 10, 3000, 1e-12]), dtype=dtypes)
def test_sigmoid_element_by_element(dense, shape, seed, scale, dtype):
    """1 / (1 + exp(-x)) of every element, from -10,000 to 10,000, without infinity or NaN."""
    x = np.asarray(np.clip(fractions(shape, seed, scale, dtype), -1e4, 1e4))
    assert dense.sigmoid(x) == close(oracle.sigmoid(x), rtol=1e-5, atol=2e-7)


@proves("sigmoid")
@points(2)
def test_sigmoid_far_out(dense):
    """exp is never taken of a positive number, so nothing overflows."""
    for dtype in (np.float32, np.float64):
        x = np.array([-1e4, -710, -90, -14, -9, -3, 3, 9, 14, 90, 710, 1e4], dtype)
        assert dense.sigmoid(x) == close(oracle.sigmoid(x), rtol=1e-5, atol=2e-7)


@given(x=arrays((3, 2), -20, 20))
def test_sigmoid_is_symmetric(dense, x):
    """sigmoid(-x) = 1 - sigmoid(x)."""
    other = expect_array(dense.sigmoid(x), x.shape)
    assert dense.sigmoid(-x) == close(1 - other)


@proves("merge")
@few
@given(sizes=st.tuples(counts, counts, counts), seed=seeds)
def test_two_layers_without_bias_are_one(dense, sizes, seed):
    """(x w1) w2 = x (w1 w2)."""
    inputs, hidden, units = sizes
    _, kernel, bias = layer(0, inputs, hidden, seed)
    _, second_kernel, second_bias = layer(0, hidden, units, seed + 1)
    first, second = (kernel, bias * 0), (second_kernel, second_bias * 0)
    assert dense.merge(first, second) == close(oracle.merge(first, second))


@proves("merge")
@points(3)
@given(sizes=st.tuples(counts, counts, counts), seed=seeds, one=scales, other=scales, dtype=dtypes)
def test_two_layers_are_one(dense, sizes, seed, one, other, dtype):
    """(x w1 + b1) w2 + b2 = x (w1 w2) + (b1 w2 + b2)."""
    inputs, hidden, units = sizes
    first = fractions((inputs, hidden), seed, one, dtype), fractions((hidden,), seed + 1, one, dtype)
    second = fractions((hidden, units), seed + 2, other), fractions((units,), seed + 3, one * other, dtype)
    assert dense.merge(first, second) == close(oracle.merge(first, second), atol=1e-5 * one * other)


@tensors
@proves("dense", "relu", "sigmoid")
def test_tensors(dense):
    """The same functions work on TensorFlow tensors, as the trainer will use them."""
    x, kernel, bias = layer(3, 4, 2, seed=7)
    assert dense.dense(Tensor(x), Tensor(kernel), Tensor(bias)) == close(oracle.dense(x, kernel, bias))
    assert dense.relu(Tensor(x)) == same(np.maximum(x, 0))
    assert dense.sigmoid(Tensor(x * 1000)) == close(oracle.sigmoid(x * 1000))
    assert dense.sigmoid(Tensor(x / 3)) == close(oracle.sigmoid(x / 3))


@tensors
@proves("sigmoid")
def test_the_gradient_of_sigmoid_is_finite(dense):
    """The slope is sigmoid(x) * (1 - sigmoid(x)): 0, not NaN, at 10,000 and -10,000."""
    # Not at 0, where formulas meet: TensorFlow's slope of each may be another one there.
    x = np.array([-1e4, -80, -3, -0.5, 0.25, 2, 5, 90, 1e4], np.float32)
    slope = oracle.sigmoid(x) * oracle.sigmoid(-x)
    assert dense.gradient_of.sigmoid(x) == close(np.arange(1, len(x) + 1) * slope, rtol=1e-4, atol=1e-6)


@tensors
@proves("dense", "relu", "sigmoid")
def test_inside_a_graph(dense):
    """Inside tf.function NumPy's functions fail; those of `array_namespace(x)` give the same numbers."""
    x, kernel, bias = layer(3, 4, 2, seed=8)
    assert dense.in_graph.dense(x, kernel, bias) == close(oracle.dense(x, kernel, bias))
    for module in (dense.in_graph, dense.in_graph_any_batch):
        assert module.relu(x) == same(np.maximum(x, 0))
        assert module.sigmoid(x) == close(oracle.sigmoid(x))
