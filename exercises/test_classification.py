"""The public suite of `classification`: two or three classes, numbers with round logarithms."""

import numpy as np

from autograder import bad_input, close, points, same

LN2, LN3 = np.log(2), np.log(3)


def test_one_hot(classification):
    """Label 2 of 3 classes is the row 0 0 1, label 0 the row 1 0 0."""
    assert classification.one_hot(np.array([2, 0]), 3) == same(np.array([[0, 0, 1], [1, 0, 0]]))


@points(2)
def test_softmax_of_logarithms(classification):
    """exp(ln 1), exp(ln 2), exp(ln 3) are 1, 2, 3; divided by their sum 6: 1/6, 1/3, 1/2."""
    assert classification.softmax(np.array([[0.0, LN2, LN3]])) == close(np.array([[1 / 6, 1 / 3, 1 / 2]]))


def test_softmax_of_large_logits(classification):
    """Logits 10,000 and 10,000 are equally likely; next to 10,000, 0 is impossible. No NaN."""
    answer = classification.softmax(np.array([[1e4, 1e4], [1e4, 0.0]]))
    assert answer == close(np.array([[0.5, 0.5], [1.0, 0.0]]))


@points(2)
def test_cross_entropy_is_a_mean(classification):
    """Rows with probabilities 1/2, 1/2 and 1/4, 3/4; right classes 0 and 0: (ln 2 + ln 4) / 2 = 1.5 ln 2."""
    logits = np.array([[0.0, 0.0], [0.0, LN3]])
    assert classification.cross_entropy(logits, np.array([0, 0])) == close(1.5 * LN2)


def test_cross_entropy_of_large_logits(classification):
    """Certain and wrong by 10,000: the loss is 10,000, not infinite. Certain and right: 0."""
    logits = np.array([[1e4, 0.0]])
    assert classification.cross_entropy(logits, np.array([1])) == close(1e4)
    assert classification.cross_entropy(logits, np.array([0])) == close(0.0)


def test_the_largest_score_wins(classification):
    """0.7 is the largest of the first row; of the two 0.5 in the second, the first counts."""
    scores = np.array([[0.1, 0.7, 0.2], [0.5, 0.0, 0.5]])
    assert classification.predicted_class(scores) == same(np.array([1, 0]))


def test_accuracy(classification):
    """Three of four are right: 3 / 4 = 0.75."""
    assert classification.accuracy(np.array([1, 2, 3, 4]), np.array([1, 2, 3, 0])) == close((0.75, 3))


@points(2)
def test_rows_are_true_columns_are_predicted(classification):
    """Two zeros, one taken for a one: row 0 is 1 1. The one was taken for a one: row 1 is 0 1."""
    matrix = classification.confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    assert matrix == same(np.array([[1, 1], [0, 1]]))


def test_wrong_arguments_are_named(classification):
    """With 3 classes there is no label 3; two predictions have no accuracy against one label."""
    with bad_input("labels", 3):
        classification.one_hot(np.array([0, 3]), 3)
    with bad_input("labels", 1):
        classification.accuracy(np.array([0, 1]), np.array([0]))
