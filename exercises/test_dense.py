"""The public suite of `dense`: one or two neurons, to be worked out on paper."""

import numpy as np

from autograder import bad_input, close, points, same


@points(2)
def test_one_example_one_unit(dense):
    """1 * 2 + 3 * 4 = 14, and the bias 5 makes it 19."""
    assert dense.dense(np.array([[1.0, 3.0]]), np.array([[2.0], [4.0]]), np.array([5.0])) == close([[19.0]])


def test_every_row_is_an_example_of_its_own(dense):
    """Rows [1, 0] and [0, 1] pick out the rows of the weights; the same biases are added to each."""
    weights = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    answer = dense.dense(np.eye(2), weights, np.array([10.0, 20.0, 30.0]))
    assert answer == close(np.array([[11.0, 22.0, 33.0], [14.0, 25.0, 36.0]]))


def test_arrays_that_disagree_are_named(dense):
    """Two inputs need weights with two rows, three units need three biases: ValueError with the shape."""
    with bad_input("weights", (3, 1)):
        dense.dense(np.ones((1, 2)), np.ones((3, 1)), np.ones(1))
    with bad_input("biases", (2,)):
        dense.dense(np.ones((1, 2)), np.ones((2, 3)), np.ones(2))


def test_relu_cuts_off_what_is_negative(dense):
    """max(x, 0): -2 becomes 0, 0 stays 0, 3 stays 3."""
    assert dense.relu(np.array([[-2.0, 0.0, 3.0]])) == same(np.array([[0.0, 0.0, 3.0]]))


def test_sigmoid_in_the_middle(dense):
    """1 / (1 + exp(0)) = 1/2; with x = ln 3, 1 / (1 + 1/3) = 3/4, and with -ln 3, 1/4."""
    assert dense.sigmoid(np.array([0.0, np.log(3), -np.log(3)])) == close(np.array([0.5, 0.75, 0.25]))


@points(2)
def test_sigmoid_far_out(dense):
    """At 10,000 it is 1, at -10,000 it is 0: no infinity, no NaN."""
    assert dense.sigmoid(np.array([10_000.0, -10_000.0])) == close(np.array([1.0, 0.0]))


def test_one_after_the_other_is_one(dense):
    """(x * 2 + 1) * 3 + 4 = x * 6 + 7."""
    first, second = (np.array([[2.0]]), np.array([1.0])), (np.array([[3.0]]), np.array([4.0]))
    assert dense.merge(first, second) == close((np.array([[6.0]]), np.array([7.0])))
