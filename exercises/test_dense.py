"""The public suite of `dense`: one or two units, to be worked out on paper."""

import numpy as np

from autograder import bad_input, close, points, same, tensors


@points(2)
def test_one_example_one_unit(dense):
    """1 * 2 + 3 * 4 = 14, and the bias 5 makes it 19."""
    assert dense.dense(np.array([[1.0, 3.0]]), np.array([[2.0], [4.0]]), np.array([5.0])) == close([[19.0]])


def test_each_row_is_one_example(dense):
    """Rows [1, 0] and [0, 1] pick out the rows of the kernel; the same bias is added to each."""
    kernel = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    answer = dense.dense(np.eye(2), kernel, np.array([10.0, 20.0, 30.0]))
    assert answer == close(np.array([[11.0, 22.0, 33.0], [14.0, 25.0, 36.0]]))


def test_as_many_examples_as_inputs_and_units(dense):
    """Row [1, 2]: 1 * 1 + 2 * 3 + 0.5 = 7.5 and 1 * 2 + 2 * 4 - 8 = 2; row [0, -1]: -3 + 0.5 and -4 - 8."""
    inputs, kernel = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    assert dense.dense(inputs, kernel, np.array([0.5, -8.0])) == close(np.array([[7.5, 2.0], [-2.5, -12.0]]))


def test_a_bias_of_another_shape_is_named(dense):
    """Two units need a bias of the shape (2,): (3,) and (2, 1) are a ValueError with `bias` and the shape."""
    for shape in ((3,), (2, 1)):
        with bad_input("bias", shape):
            dense.dense(np.ones((2, 2)), np.ones((2, 2)), np.ones(shape))


def test_relu_makes_negative_numbers_zero(dense):
    """max(x, 0): -2 becomes 0, 0 stays 0, 0.5 stays 0.5, 30 stays 30."""
    assert dense.relu(np.array([[-2.0, 0.0], [0.5, 30.0]])) == same(np.array([[0.0, 0.0], [0.5, 30.0]]))


def test_sigmoid_in_the_middle(dense):
    """1 / (1 + exp(0)) = 1/2; with x = ln 3, 1 / (1 + 1/3) = 3/4, and with -ln 3, 1/4. ln 2: 2/3, -ln 2: 1/3."""
    x = np.array([0.0, np.log(3), -np.log(3), np.log(2), -np.log(2)])
    assert dense.sigmoid(x) == close(np.array([0.5, 0.75, 0.25, 2 / 3, 1 / 3]))


@points(2)
def test_sigmoid_far_out(dense):
    """At 10,000 it is 1, at -10,000 it is 0: no infinity, no NaN."""
    assert dense.sigmoid(np.array([10_000.0, -10_000.0])) == close(np.array([1.0, 0.0]))


def test_one_layer_for_two(dense):
    """(x * 2 + 1) * 3 + 4 = x * 6 + 7."""
    first, second = (np.array([[2.0]]), np.array([1.0])), (np.array([[3.0]]), np.array([4.0]))
    assert dense.merge(first, second) == close((np.array([[6.0]]), np.array([7.0])))


def test_one_layer_for_two_of_two_units(dense):
    """w1 w2: [1 2] times [0 1; 1 0] is [2 1]. b1 w2 + b2: [3 4] times [0 1; 1 0] is [4 3], plus [5 6] is [9 9]."""
    first = np.array([[1.0, 2.0]]), np.array([3.0, 4.0])
    second = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([5.0, 6.0])
    assert dense.merge(first, second) == close((np.array([[2.0, 1.0]]), np.array([9.0, 9.0])))


@tensors
def test_tensors(dense):
    """Inside tf.function, as in training: [1 -3] times [2; 4] plus 5 is -5; its ReLU 0, its sigmoid 0.0067."""
    x = np.array([[-5.0]])
    assert dense.in_graph.dense(np.array([[1.0, -3.0]]), np.array([[2.0], [4.0]]), np.array([5.0])) == close(
        x
    )
    assert dense.in_graph.relu(x) == same(np.array([[0.0]]))
    assert dense.in_graph.sigmoid(x) == close(np.array([[0.0066929]]))


@tensors
def test_the_slope_of_sigmoid(dense):
    """At ln 3 it is 3/4, and its slope 3/4 * 1/4; at -10,000 and 10,000 the slope is 0, not NaN."""
    assert dense.gradient_of.sigmoid(np.array([np.log(3)])) == close(np.array([0.1875]))
    assert dense.gradient_of.sigmoid(np.array([-1e4])) == close(np.array([0.0]))
    assert dense.gradient_of.sigmoid(np.array([1e4])) == close(np.array([0.0]))
