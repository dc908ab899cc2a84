"""The hidden suite of `classification`."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same
from tests.oracles import classification as oracle
from tests.strategies import arrays, few

sides = st.integers(1, 5)
seeds = st.integers(0, 99)
scales = st.sampled_from([0.1, 1, 10, 1000])


def example(rows, classes, seed, scale=1.0):
    """Logits, labels and other class numbers."""
    rng = np.random.default_rng(seed)
    logits = (rng.integers(-10, 11, (rows, classes)) * scale).astype(np.float32)
    return logits, rng.integers(0, classes, rows), rng.integers(0, classes, rows)


@proves("one_hot")
@given(labels=st.lists(st.integers(0, 4), max_size=6), more=st.integers(1, 3))
def test_one_hot_rows(classification, labels, more):
    """Each row has a 1 in its label's column and 0 elsewhere; classes that do not occur have columns too."""
    classes = max(labels, default=0) + more
    expected = np.zeros((len(labels), classes))
    for row, label in enumerate(labels):
        expected[row, label] = 1
    assert classification.one_hot(np.array(labels, dtype=np.int64), classes) == same(expected)


@proves("softmax")
@points(2)
@given(rows=sides, classes=sides, seed=seeds, scale=scales)
def test_softmax_is_scipys(classification, rows, classes, seed, scale):
    """exp(logit) divided by the row's sum of them, for logits from -10,000 to 10,000."""
    logits, _, _ = example(rows, classes, seed, scale)
    assert classification.softmax(logits) == close(oracle.softmax(logits))


@given(logits=arrays(st.tuples(sides, sides)), shift=st.sampled_from([-1e4, -7.0, 500.0, 1e4]))
def test_softmax_laws(classification, logits, shift):
    """Rows add up to 1, and the same number added to all logits of a row changes nothing."""
    probabilities = expect_array(classification.softmax(logits), logits.shape)
    assert probabilities.sum(axis=1) == close(np.ones(len(logits)))
    assert classification.softmax(logits.astype(np.float64) + shift) == close(probabilities)


@proves("cross_entropy")
@points(2)
@given(rows=sides, classes=sides, seed=seeds, scale=scales)
def test_cross_entropy_is_scipys(classification, rows, classes, seed, scale):
    """The mean over the batch of log(sum of exp(logit)) - logit[label], finite up to 10,000."""
    logits, labels, _ = example(rows, classes, seed, scale)
    assert classification.cross_entropy(logits, labels) == close(oracle.cross_entropy(logits, labels))


@proves("cross_entropy")
@few
@given(classes=st.integers(2, 9), seed=seeds, scale=st.sampled_from([0.1, 0.3]))
def test_cross_entropy_of_one_example(classification, classes, seed, scale):
    """log(sum of exp(logit)) - logit[label]: of one example there is no mean to take."""
    logits, labels, _ = example(1, classes, seed, scale)
    assert classification.cross_entropy(logits, labels) == close(oracle.cross_entropy(logits, labels))


def test_cross_entropy_is_keras(classification):
    """The same loss as keras' SparseCategoricalCrossentropy(from_logits=True)."""
    for seed in range(3):
        logits, labels, _ = example(6, 10, seed, 0.3)
        assert classification.cross_entropy(logits, labels) == close(
            oracle.keras_cross_entropy(logits, labels)
        )


def test_a_tiny_loss_is_not_lost(classification):
    """Logits 20 and 0, right class 0: the loss is ln(1 + exp(-20)) = 2.06e-9, in float64."""
    loss = classification.cross_entropy(np.array([[20.0, 0.0]]), np.array([0]))
    assert loss == close(np.log1p(np.exp(-20.0)), rtol=1e-5, atol=0)


@given(classes=st.integers(1, 20), rows=sides)
def test_knowing_nothing_costs_the_logarithm_of_the_classes(classification, classes, rows):
    """Equal logits: the loss is ln(classes), 2.3026 for ten."""
    logits = np.full((rows, classes), 3.0)
    labels = np.arange(rows) % classes
    assert classification.cross_entropy(logits, labels) == close(np.log(classes))


@pytest.mark.parametrize("labels", [[0], [0, 1, 0], []])
def test_as_many_labels_as_rows(classification, labels):
    """Two rows need two labels: any other number of them is a ValueError."""
    with bad_input("labels", len(labels)):
        classification.cross_entropy(np.zeros((2, 3)), np.array(labels, dtype=np.int64))


def test_no_rows_no_loss(classification):
    """The mean of nothing is a ValueError."""
    with bad_input("labels", 0):
        classification.cross_entropy(np.zeros((0, 3)), np.zeros(0, np.int64))


@pytest.mark.parametrize("label", [-1, 3, 10])
def test_labels_out_of_range_are_refused(classification, label):
    """With 3 classes the labels are 0, 1 and 2; -1 is not the last one."""
    labels = np.array([0, label])
    with bad_input("labels", label):
        classification.one_hot(labels, 3)
    with bad_input("labels", label):
        classification.cross_entropy(np.zeros((2, 3)), labels)
    with bad_input("labels", label):
        classification.confusion_matrix(labels, np.array([0, 1]), 3)


@pytest.mark.parametrize("classes", [0, -2])
def test_fewer_classes_than_one_are_refused(classification, classes):
    """Fewer classes than 1 are a ValueError that names them."""
    nothing = np.zeros(0, np.int64)
    with bad_input("classes", classes):
        classification.one_hot(nothing, classes)
    with bad_input("classes", classes):
        classification.confusion_matrix(nothing, nothing, classes)


@proves("predicted_class")
@given(scores=arrays(st.tuples(sides, sides), -3, 3), scale=st.sampled_from([0.01, 1, 1000]))
def test_the_first_of_the_largest(classification, scores, scale):
    """The class with the largest score of each row, negative logits or not; of equal ones, the first."""
    expected = [row.index(max(row)) for row in scores.tolist()]
    assert classification.predicted_class(scores * np.float32(scale)) == same(np.array(expected))


@proves("accuracy")
@points(2)
@given(rows=sides, classes=st.integers(1, 3), seed=seeds)
def test_accuracy_is_scikit_learns(classification, rows, classes, seed):
    """The fraction of right predictions, and their number."""
    _, labels, predicted = example(rows, classes, seed)
    assert classification.accuracy(predicted, labels) == close(oracle.accuracy(predicted, labels))


@pytest.mark.parametrize(("predictions", "labels"), [(2, 1), (1, 2), (0, 0), (3, 0)])
def test_accuracy_needs_pairs(classification, predictions, labels):
    """Another number of labels than of predictions, or none at all, is a ValueError."""
    with bad_input("labels", labels):
        classification.accuracy(np.zeros(predictions, np.int64), np.zeros(labels, np.int64))


@proves("confusion_matrix")
@points(2)
@given(rows=st.integers(0, 12), classes=sides, seed=seeds)
def test_confusion_matrix_is_scikit_learns(classification, rows, classes, seed):
    """matrix[true, predicted] counts the examples of that pair, as often as it occurs."""
    _, labels, predicted = example(rows, classes, seed)
    expected = oracle.confusion_matrix(labels, predicted, classes) if rows else np.zeros((classes, classes))
    assert classification.confusion_matrix(labels, predicted, classes) == same(expected)


@proves("accuracy", "confusion_matrix", "cross_entropy")
def test_hundreds_of_examples(classification):
    """300 examples are counted as three are: sizes are compared as numbers, with == and not with `is`."""
    logits, labels, predicted = example(300, 4, seed=8)
    correct = int((labels == predicted).sum())
    assert classification.accuracy(predicted, labels) == close((correct / 300, correct))
    assert classification.confusion_matrix(labels, predicted, 4) == same(
        oracle.confusion_matrix(labels, predicted, 4)
    )
    assert classification.cross_entropy(logits, labels) == close(oracle.cross_entropy(logits, labels))


def test_confusion_needs_pairs(classification):
    """Two labels and one or three predictions are a ValueError."""
    for predicted in ([0, 1, 1], [1]):
        with bad_input("predicted", len(predicted)):
            classification.confusion_matrix(np.array([0, 1]), np.array(predicted), 2)


@proves("softmax", "cross_entropy")
def test_tensors(classification):
    """softmax and cross_entropy work on TensorFlow tensors, as the trainer will use them."""
    logits, labels, _ = example(4, 10, 3, 1000)
    tensors = tf.constant(logits), tf.constant(labels)
    assert classification.softmax(tensors[0]) == close(oracle.softmax(logits))
    assert classification.cross_entropy(*tensors) == close(oracle.cross_entropy(logits, labels))


@proves("softmax", "cross_entropy")
def test_inside_a_graph(classification):
    """Inside tf.function, and with an unknown batch size, they give the same numbers."""
    logits, labels, _ = example(4, 10, 4)
    assert classification.in_graph_any_batch.softmax(logits) == close(oracle.softmax(logits))
    loss = oracle.cross_entropy(logits, labels)
    assert classification.in_graph.cross_entropy(logits, labels) == close(loss)
    assert classification.in_graph_any_batch.cross_entropy(logits, labels) == close(loss)
