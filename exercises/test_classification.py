"""The public suite of `classification`: two or three classes, numbers with round logarithms."""

import numpy as np

from autograder import bad_input, close, points, same, tensors

LN2, LN3 = np.log(2), np.log(3)


def test_one_hot(classification):
    """Of 3 classes, label 1 is the row 0 1 0, label 0 the row 1 0 0. Class 2 has its column all the same."""
    assert classification.one_hot(np.array([1, 0]), 3) == same(np.array([[0, 1, 0], [1, 0, 0]]))


@points(2)
def test_softmax_of_logarithms(classification):
    """exp(ln 1), exp(ln 2), exp(ln 3) are 1, 2, 3; divided by their sum 6: 1/6, 1/3, 1/2. Equal ones: 1/3 each."""
    logits = np.array([[0.0, LN2, LN3], [LN2, LN2, LN2]])
    assert classification.softmax(logits) == close(np.array([[1 / 6, 1 / 3, 1 / 2], [1 / 3, 1 / 3, 1 / 3]]))


def test_softmax_of_large_logits(classification):
    """Logits -10,000 three times are equally likely; next to 10,000, 0 is impossible. No NaN."""
    answer = classification.softmax(np.array([[-1e4, -1e4, -1e4], [1e4, 0.0, 0.0]]))
    assert answer == close(np.array([[1 / 3, 1 / 3, 1 / 3], [1.0, 0.0, 0.0]]))


@points(2)
def test_cross_entropy_is_a_mean(classification):
    """Rows with probabilities 1/4, 1/4, 1/2 and 1/8, 3/4, 1/8; right classes 2 and 0: (ln 2 + ln 8) / 2 = 2 ln 2."""
    logits = np.array([[0.0, 0.0, LN2], [0.0, LN2 + LN3, 0.0]])
    assert classification.cross_entropy(logits, np.array([2, 0])) == close(2 * LN2)


def test_cross_entropy_of_large_logits(classification):
    """Certain and wrong by 10,000: the loss is 10,000, not infinite. Certain and right: 0."""
    logits = np.array([[1e4, 0.0]])
    assert classification.cross_entropy(logits, np.array([1])) == close(1e4)
    assert classification.cross_entropy(logits, np.array([0])) == close(0.0)


def test_the_largest_score_wins(classification):
    """0.7 is the largest of the first row; of the two 0.5 in the second, the first counts; -1 is above -5."""
    scores = np.array([[0.1, 0.7, 0.2], [0.5, 0.0, 0.5], [-5.0, -3.0, -1.0]])
    assert classification.predicted_class(scores) == same(np.array([1, 0, 2]))


def test_accuracy(classification):
    """Three of five are right, 3 / 5 = 0.6; a class too high is as wrong as one too low."""
    assert classification.accuracy(np.array([1, 2, 3, 4, 0]), np.array([1, 2, 3, 0, 4])) == close((0.6, 3))


@points(2)
def test_rows_are_true_columns_are_predicted(classification):
    """Three zeros, two of them taken for ones: row 0 is 1 2. The one was taken for a one: row 1 is 0 1."""
    matrix = classification.confusion_matrix(np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1]), 2)
    assert matrix == same(np.array([[1, 2], [0, 1]]))


def test_labels_that_are_no_classes_are_named(classification):
    """With 3 classes there is neither a label 3 nor a label -1: a ValueError with `labels` and the label."""
    for label in (3, -1):
        labels = np.array([0, label])
        with bad_input("labels", label):
            classification.one_hot(labels, 3)
        with bad_input("labels", label):
            classification.cross_entropy(np.zeros((2, 3)), labels)
        with bad_input("labels", label):
            classification.confusion_matrix(labels, np.array([0, 1]), 3)


def test_another_number_of_labels_is_named(classification):
    """Two rows, or two predictions, need two labels, not 1: a ValueError with `labels` and 1."""
    label, two = np.array([0]), np.array([0, 1])
    with bad_input("labels", 1):
        classification.accuracy(two, label)
    with bad_input("labels", 1):
        classification.cross_entropy(np.zeros((2, 3)), label)
    with bad_input("labels", 1):
        classification.confusion_matrix(label, two, 2)


@tensors
def test_tensors(classification):
    """Inside tf.function, as in training: logits 0 and ln 3 are 1/4 and 3/4; right class 0: the loss is ln 4."""
    logits = np.array([[0.0, LN3]])
    assert classification.in_graph.softmax(logits) == close(np.array([[0.25, 0.75]]))
    assert classification.in_graph.cross_entropy(logits, np.array([0])) == close(2 * LN2)


@tensors
def test_gradients(classification):
    """Probabilities 1/4 and 3/4, right class 0: the loss has the gradient [1/4 - 1, 3/4], for large logits [0, 0]."""
    loss, right = classification.gradient_of.cross_entropy, np.array([0])
    assert loss(np.array([[0.0, LN3]]), right) == close(np.array([[-0.75, 0.75]]))
    assert loss(np.array([[1e4, -1e4]]), right) == close(np.zeros((1, 2)))
    assert classification.gradient_of.softmax(np.array([[1e4, -1e4]])) == close(np.zeros((1, 2)))
