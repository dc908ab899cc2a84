"""The hidden suite of `classification`."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same, tensors
from autograder.protocol.plain import Tensor
from tests.oracles import classification as oracle
from tests.strategies import arrays, few

sides = st.integers(1, 5)
seeds = st.integers(0, 99)
# The first is what the smallest failing example has.
scales = st.sampled_from([1, 0.1, 10, 3000, 1e-12])
dtypes = st.sampled_from([np.float32, np.float64])


def example(rows, classes, seed, scale=1.0, dtype=np.float32):
    """Logits, labels and other class numbers; among the logits are 0.0 and -0.0."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, scale, (rows, classes)) * rng.choice([1, 1, 1, 0], (rows, classes))
    return np.clip(logits, -1e4, 1e4).astype(dtype), *rng.integers(0, classes, (2, rows))


@proves("one_hot")
@given(labels=st.lists(st.integers(0, 4), max_size=6), more=st.integers(1, 3))
def test_one_hot_rows(classification, labels, more):
    """Each row has a 1 in its label's column and 0 elsewhere; classes that do not occur have columns too."""
    classes = max(labels, default=0) + more
    numbers = np.array(labels, dtype=np.int64)
    assert classification.one_hot(numbers, classes) == same(oracle.one_hot(numbers, classes))


@proves("softmax")
@points(3)
@given(rows=sides, classes=sides, seed=seeds, scale=scales, dtype=dtypes)
def test_softmax_row_by_row(classification, rows, classes, seed, scale, dtype):
    """exp(logit) divided by the row's sum of them, for logits from -10,000 to 10,000."""
    logits, _, _ = example(rows, classes, seed, scale, dtype)
    assert classification.softmax(logits) == close(oracle.softmax(logits))


@given(logits=arrays(st.tuples(sides, sides)), shift=st.sampled_from([-9e3, -7.0, 500.0, 9e3]))
def test_softmax_laws(classification, logits, shift):
    """Rows add up to 1, and the same number added to all logits of a row changes nothing."""
    probabilities = expect_array(classification.softmax(logits), logits.shape)
    assert probabilities.sum(axis=1) == close(np.ones(len(logits)))
    assert classification.softmax(logits.astype(np.float64) + shift) == close(probabilities)


@proves("softmax", "cross_entropy")
def test_rows_are_apart(classification):
    """One row around -10,000 and one around 10,000: each has its own largest logit."""
    logits = np.array([[-1e4, 1 - 1e4, 2 - 1e4], [1e4, 9999.5, 9998]], np.float64)
    assert classification.softmax(logits) == close(oracle.softmax(logits))
    for labels in ([0, 2], [1, 1], [2, 0]):
        loss = oracle.cross_entropy(logits, np.array(labels))
        assert classification.cross_entropy(logits, np.array(labels)) == close(loss)


@proves("cross_entropy")
@points(3)
@given(rows=sides, classes=sides, seed=seeds, scale=scales, dtype=dtypes)
def test_cross_entropy_is_a_mean(classification, rows, classes, seed, scale, dtype):
    """The mean over the batch of log(sum of exp(logit)) - logit[label], finite up to 10,000."""
    logits, labels, _ = example(rows, classes, seed, scale, dtype)
    assert classification.cross_entropy(logits, labels) == close(oracle.cross_entropy(logits, labels))


@proves("cross_entropy")
@few
@given(classes=st.integers(2, 9), seed=seeds)
def test_cross_entropy_of_one_example(classification, classes, seed):
    """log(sum of exp(logit)) - logit[label]: of one example there is no mean to take."""
    logits, labels, _ = example(1, classes, seed)
    assert classification.cross_entropy(logits, labels) == close(oracle.cross_entropy(logits, labels))


@given(classes=st.integers(1, 20), rows=sides)
def test_knowing_nothing_costs_the_logarithm_of_the_classes(classification, classes, rows):
    """Equal logits: the loss is ln(classes), 2.3026 for ten."""
    logits = np.full((rows, classes), 3.0)
    labels = np.arange(rows) % classes
    assert classification.cross_entropy(logits, labels) == close(np.log(classes))


@proves("predicted_class")
@points(2)
@given(
    scores=arrays(st.tuples(sides, sides), -3, 3), scale=st.sampled_from([1, 0.01, 1e6, 1e-12]), dtype=dtypes
)
def test_the_first_of_the_largest(classification, scores, scale, dtype):
    """The class with the largest score of each row, negative logits or not; of equal ones, the first."""
    scaled = (scores * scale).astype(dtype)
    assert classification.predicted_class(scaled) == same(oracle.predicted_class(scaled))


@proves("accuracy")
@points(2)
@given(rows=sides, classes=st.integers(1, 3), seed=seeds)
def test_accuracy_of_pairs(classification, rows, classes, seed):
    """The fraction of right predictions, and their number."""
    _, labels, predicted = example(rows, classes, seed)
    assert classification.accuracy(predicted, labels) == close(oracle.accuracy(predicted, labels))


@proves("confusion_matrix")
@points(3)
@given(rows=st.integers(0, 12), classes=sides, seed=seeds)
def test_confusion_matrix_of_pairs(classification, rows, classes, seed):
    """matrix[true, predicted] counts the examples of that pair, as often as it occurs."""
    _, labels, predicted = example(rows, classes, seed)
    expected = oracle.confusion_matrix(labels, predicted, classes)
    assert classification.confusion_matrix(labels, predicted, classes) == same(expected)


@proves("one_hot", "softmax", "cross_entropy", "predicted_class")
def test_hundreds_of_classes(classification):
    """65 examples of 300 classes: nothing ends at a number that ten classes do not reach."""
    logits, labels, _ = example(65, 300, seed=7)
    assert classification.one_hot(labels, 300) == same(oracle.one_hot(labels, 300))
    assert classification.softmax(logits) == close(oracle.softmax(logits), atol=1e-7)
    assert classification.cross_entropy(logits, labels) == close(oracle.cross_entropy(logits, labels))
    assert classification.predicted_class(logits) == same(oracle.predicted_class(logits))


@proves("accuracy", "confusion_matrix", "cross_entropy")
def test_hundreds_of_examples(classification):
    """300 examples are counted as three are."""
    logits, labels, predicted = example(300, 4, seed=8)
    assert classification.accuracy(predicted, labels) == close(oracle.accuracy(predicted, labels))
    expected = oracle.confusion_matrix(labels, predicted, 4)
    assert classification.confusion_matrix(labels, predicted, 4) == same(expected)
    assert classification.cross_entropy(logits, labels) == close(oracle.cross_entropy(logits, labels))


def test_another_number_of_labels_is_refused(classification):
    """Labels for each row, or for each prediction: one too many or too few is a ValueError."""
    for count in (1, 3):
        labels, two = np.zeros(count, np.int64), np.zeros(2, np.int64)
        with bad_input("labels", count):
            classification.accuracy(two, labels)
        with bad_input("labels", count):
            classification.cross_entropy(np.zeros((2, 3)), labels)
        with bad_input("labels", count):
            classification.confusion_matrix(labels, two, 3)


def test_labels_out_of_range_are_refused(classification):
    """With 3 classes the labels are 0, 1 and 2; -1 is not the last one."""
    for label in (-1, 3, 10):
        labels = np.array([0, label])
        with bad_input("labels", label):
            classification.one_hot(labels, 3)
        with bad_input("labels", label):
            classification.cross_entropy(np.zeros((2, 3)), labels)
        with bad_input("labels", label):
            classification.confusion_matrix(labels, np.array([0, 1]), 3)


@tensors
@proves("softmax", "cross_entropy")
def test_tensors(classification):
    """softmax and cross_entropy work on TensorFlow tensors, as the trainer will use them."""
    for scale in (1, 3000):
        logits, labels, _ = example(4, 10, 3, scale)
        assert classification.softmax(Tensor(logits)) == close(oracle.softmax(logits))
        loss = oracle.cross_entropy(logits, labels)
        assert classification.cross_entropy(Tensor(logits), Tensor(labels)) == close(loss)


@tensors
@proves("softmax", "cross_entropy")
def test_gradients_are_finite(classification):
    """The gradients of softmax and cross-entropy are numbers, not NaN, for logits from -10,000 to 10,000."""
    for scale in (1, 3000):
        logits, labels, _ = example(4, 10, 5, scale)
        probabilities = oracle.softmax(logits)
        # Of the sum of all probabilities, each times its place.
        places = np.arange(1, logits.size + 1).reshape(logits.shape)
        mean = (probabilities * places).sum(axis=1, keepdims=True)
        slopes = probabilities * (places - mean)
        assert classification.gradient_of.softmax(logits) == close(slopes, atol=1e-4)
        slopes = (probabilities - oracle.one_hot(labels, 10)) / len(logits)
        assert classification.gradient_of.cross_entropy(logits, labels) == close(slopes)


@tensors
@proves("softmax", "cross_entropy")
def test_inside_a_graph(classification):
    """Inside tf.function, and with an unknown batch size, they give the same numbers."""
    logits, labels, _ = example(4, 10, 4)
    for module in (classification.in_graph, classification.in_graph_any_batch):
        assert module.softmax(logits) == close(oracle.softmax(logits))
        assert module.cross_entropy(logits, labels) == close(oracle.cross_entropy(logits, labels))
