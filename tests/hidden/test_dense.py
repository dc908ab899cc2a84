"""The hidden suite of `dense`."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same
from tests.oracles import dense as oracle
from tests.strategies import arrays, few

counts = st.integers(1, 4)
any_shape = st.lists(st.integers(0, 3), min_size=0, max_size=4).map(tuple)


def layers(batch, inputs, units, seed):
    """Inputs, weights and biases of whole numbers."""
    rng = np.random.default_rng(seed)
    shapes = ((batch, inputs), (inputs, units), (units,))
    return [rng.integers(-4, 5, shape).astype(np.float32) for shape in shapes]


def times(x, factor):
    """The product in float32, an array still where x has no axes: NumPy would make a number of it."""
    return np.asarray(x * factor, np.float32)


@proves("dense")
@points(2)
@given(batch=st.integers(0, 4), inputs=counts, units=counts, seed=st.integers(0, 99))
def test_every_output_is_its_sum(dense, batch, inputs, units, seed):
    """output = sum of input * weight over the inputs, plus the unit's bias, for each example by itself."""
    arguments = layers(batch, inputs, units, seed)
    assert dense.dense(*arguments) == close(oracle.dense(*arguments))


@proves("dense")
@given(batch=counts, inputs=counts, units=counts, seed=st.integers(0, 99))
def test_the_layer_is_linear_in_its_inputs(dense, batch, inputs, units, seed):
    """Without biases, the outputs of a sum of inputs are the sum of their outputs."""
    one, weights, biases = layers(batch, inputs, units, seed)
    other = one[::-1] * 3
    none = np.zeros_like(biases)
    parts = [expect_array(dense.dense(x, weights, none), (batch, units)) for x in (one, other)]
    assert parts[0] == close(oracle.dense(one, weights, none))
    assert dense.dense(one + other, weights, none) == close(parts[0] + parts[1])


@pytest.mark.parametrize(
    ("argument", "shapes"),
    [
        ("weights", ((2, 3), (2, 3), (3,))),
        ("weights", ((2, 3), (4, 3), (3,))),
        ("biases", ((2, 3), (3, 4), (3,))),
        ("biases", ((4, 3), (3, 4), (4, 1))),
        ("biases", ((4, 3), (3, 4), (1,))),
    ],
)
def test_shapes_that_disagree_are_refused(dense, argument, shapes):
    """Shapes that do not fit are a ValueError with the argument and its shape, broadcast or not."""
    inputs, weights, biases = (np.ones(shape, np.float32) for shape in shapes)
    with bad_input(argument, {"weights": shapes[1], "biases": shapes[2]}[argument]):
        dense.dense(inputs, weights, biases)


@proves("relu")
@points(2)
@given(x=arrays(any_shape), scale=st.sampled_from([0.01, 1, 1000]))
def test_relu_element_by_element(dense, x, scale):
    """ReLU is max(x, 0) of every element, in the shape of x."""
    scaled = times(x, scale)
    assert dense.relu(scaled) == same(np.where(scaled > 0, scaled, 0))


@given(x=arrays(any_shape), scale=st.sampled_from([0.5, 1, 30]))
def test_relu_laws(dense, x, scale):
    """relu(x) - relu(-x) = x, and a positive factor passes through."""
    up, down = (expect_array(dense.relu(value), x.shape) for value in (x, times(x, -1)))
    assert up - down == same(x)
    assert dense.relu(times(x, scale)) == close(up * scale)


@proves("sigmoid")
@points(2)
@given(x=arrays(any_shape, -80, 80), scale=st.sampled_from([0.01, 0.1, 1, 125]))
def test_sigmoid_is_scipys(dense, x, scale):
    """1 / (1 + exp(-x)), from -10,000 to 10,000, without infinity or NaN."""
    scaled = times(x, scale)
    assert dense.sigmoid(scaled) == close(oracle.sigmoid(scaled), rtol=1e-5, atol=1e-30)


@proves("sigmoid")
def test_sigmoid_far_out(dense):
    """exp is never taken of a positive number, so nothing overflows."""
    x = np.array([-1e4, -800.0, -100.0, 100.0, 800.0, 1e4])
    assert dense.sigmoid(x) == close(oracle.sigmoid(x), rtol=1e-9, atol=0)


@proves("sigmoid")
@given(x=arrays((3, 2), -20, 20))
def test_sigmoid_is_symmetric(dense, x):
    """sigmoid(-x) = 1 - sigmoid(x)."""
    other = expect_array(dense.sigmoid(x), x.shape)
    assert other == close(oracle.sigmoid(x))
    assert dense.sigmoid(-x) == close(1 - other)


@proves("merge")
@few
@given(sizes=st.tuples(counts, counts, counts), seed=st.integers(0, 99))
def test_two_layers_without_biases_are_one(dense, sizes, seed):
    """(x w1) w2 = x (w1 w2)."""
    inputs, hidden, units = sizes
    _, weights, biases = layers(0, inputs, hidden, seed)
    _, more_weights, more_biases = layers(0, hidden, units, seed + 1)
    first, second = (weights, biases * 0), (more_weights, more_biases * 0)
    assert dense.merge(first, second) == close(oracle.merge(first, second))


@points(2)
@given(sizes=st.tuples(counts, counts, counts), seed=st.integers(0, 99))
def test_two_layers_are_one(dense, sizes, seed):
    """(x w1 + b1) w2 + b2 = x (w1 w2) + (b1 w2 + b2)."""
    inputs, hidden, units = sizes
    _, *first = layers(0, inputs, hidden, seed)
    _, *second = layers(0, hidden, units, seed + 1)
    assert dense.merge(tuple(first), tuple(second)) == close(oracle.merge(first, second))


@proves("dense", "merge")
def test_layers_of_hundreds(dense):
    """300 inputs and 300 hidden units: sizes are compared as numbers, with == and not with `is`."""
    x, weights, biases = layers(2, 300, 300, seed=3)
    _, more_weights, more_biases = layers(0, 300, 2, seed=4)
    # Number by number, as the oracle works it out, is too slow for so many.
    assert dense.dense(x, weights, biases) == close(x @ weights + biases)
    merged = weights @ more_weights, biases @ more_weights + more_biases
    assert dense.merge((weights, biases), (more_weights, more_biases)) == close(merged)


def test_layers_that_do_not_meet_are_refused(dense):
    """A second layer of 2 or 4 rows after a first one of 3 units is a ValueError."""
    for shape in ((2, 4), (4, 2)):
        with bad_input("second", shape):
            dense.merge((np.ones((5, 3)), np.ones(3)), (np.ones(shape), np.ones(shape[1])))


@proves("dense", "relu", "sigmoid")
def test_tensors(dense):
    """The same functions work on TensorFlow tensors, as the trainer will use them."""
    x, weights, biases = layers(3, 4, 2, seed=7)
    tensors = [tf.constant(value) for value in (x, weights, biases)]
    assert dense.dense(*tensors) == close(oracle.dense(x, weights, biases))
    assert dense.relu(tensors[0]) == same(np.maximum(x, 0))
    assert dense.sigmoid(tensors[0] * 1000) == close(oracle.sigmoid(x * 1000), atol=1e-30)


@proves("dense", "relu", "sigmoid")
def test_inside_a_graph(dense):
    """Inside tf.function NumPy's functions fail; those of `array_namespace(x)` give the same numbers."""
    x, weights, biases = layers(3, 4, 2, seed=8)
    outputs = dense.in_graph.dense(x, weights, biases)
    assert outputs == close(oracle.dense(x, weights, biases))
    assert dense.in_graph_any_batch.relu(x) == same(np.maximum(x, 0))
    assert dense.in_graph.relu(outputs) == close(oracle.keras_dense(x, weights, biases))
    assert dense.in_graph.sigmoid(x) == close(oracle.sigmoid(x))
