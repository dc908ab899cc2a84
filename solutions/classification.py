"""Classification: from ten numbers to a class, a loss, and a count of what went right.

The last layer of a network gives a number for each class, its *logit*: the larger, the likelier. The *softmax*
makes probabilities of them. The *cross-entropy* is the loss that is trained on: the negative logarithm of
the probability that the network gave to the right class. It is 0 for a network that is certain and right,
ln 10 = 2.3026 for one that holds ten classes equally likely, and it grows without bound for one that is
certain and wrong.

Numbers that are fine on paper overflow in a computer: exp(1000) is infinite, and log(0) minus infinity. Both
functions here stay finite and exact, because shifting all logits by the same number changes no probability:

    softmax(logits) == softmax(logits - max(logits))
    log(sum(exp(logits))) == max(logits) + log(sum(exp(logits - max(logits))))

Picture: docs/pictures/classification.svg
Sources: https://www.deeplearningbook.org/contents/numerical.html (4.1),
https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html
"""

from __future__ import annotations

import numpy as np
from arrays import Array, array_namespace
from jaxtyping import Float, Int


def check_labels(labels: Int[np.ndarray, " batch"], size: int, classes: int) -> None:
    """Given: raise ValueError unless there are `size` labels, each from 0 to `classes - 1`."""
    if len(labels) != size:
        raise ValueError(f"labels must be {size}, one for each row, not {len(labels)}")
    wrong = labels[(labels < 0) | (labels >= classes)]
    if len(wrong):
        raise ValueError(f"labels must be 0 ... {classes - 1}, not {wrong[0]}")


def one_hot(labels: Int[np.ndarray, " batch"], classes: int) -> Float[np.ndarray, "batch {classes}"]:
    """Return a row for each label: 1 in the label's column, 0 elsewhere.

    Args:
        labels: class numbers, 0 ... classes - 1.
        classes: how many classes there are, at least 1.

    Returns:
        float32 (any dtype is accepted).

    Raises:
        ValueError: for a label outside of 0 ... classes - 1; the message names `labels` and the label
            (`check_labels`, which is given, does that).

    >>> one_hot(np.array([2, 0]), 3)
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    ### BEGIN SOLUTION
    check_labels(labels, len(labels), classes)
    return np.eye(classes, dtype=np.float32)[labels]
    ### END SOLUTION


def softmax(logits: Float[Array, "batch classes"]) -> Float[Array, "batch classes"]:
    """Return the probabilities of the classes, row by row.

        probability[i] = exp(logit[i]) / sum over j of exp(logit[j])

    None is below 0, and each row adds up to 1. Logits from -10,000 to 10,000 must give no infinity and no
    NaN: take the largest logit of each row away first. Works on NumPy arrays and on TensorFlow tensors, eager
    and inside `tf.function`: `xp = array_namespace(logits)`, which is given, has `xp.max`, `xp.exp` and `xp.sum`
    for both.

    >>> softmax(np.array([[0.0, 0.0], [10_000.0, 0.0]]))
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    ### BEGIN SOLUTION
    # The largest exponent is now 0: nothing overflows, and the sum is at least 1.
    xp = array_namespace(logits)
    exponentials = xp.exp(logits - xp.max(logits, axis=-1, keepdims=True))
    return exponentials / xp.sum(exponentials, axis=-1, keepdims=True)
    ### END SOLUTION


def cross_entropy(logits: Float[Array, "batch classes"], labels: Int[Array, " batch"]) -> float:
    """Return the mean over the batch of the negative logarithm of the right class's probability.

        loss = mean over examples of  log(sum over j of exp(logit[j])) - logit[label]

    Computed from the logits: where a probability is rounded to 0, its logarithm is lost. Logits from -10,000
    to 10,000 must give a finite loss, and tensors of them a finite gradient. Works on NumPy arrays, and on
    TensorFlow tensors (logits and labels), eager and inside `tf.function`: `xp` has `xp.log`, `xp.mean` and
    `xp.take_along_axis` too.

    Args:
        logits: not probabilities: no softmax before.
        labels: class numbers, one for each row, at least one.

    Raises:
        ValueError: for NumPy arrays, for a label that has no column, or another number of labels than of rows; the
            message names `labels`, and the label or how many there are (`check_labels` does both; a tensor cannot be
            looked at inside `tf.function`).

    >>> float(round(cross_entropy(np.zeros((5, 10)), np.array([0, 1, 2, 3, 4])), 4))  # ln 10
    2.3026
    """
    ### BEGIN SOLUTION
    xp = array_namespace(logits)
    if xp is np:
        check_labels(labels, *logits.shape)
    top = xp.max(logits, axis=-1, keepdims=True)
    log_sum = top + xp.log(xp.sum(xp.exp(logits - top), axis=-1, keepdims=True))
    return xp.mean(log_sum - xp.take_along_axis(logits, labels[:, None], axis=-1))
    ### END SOLUTION


def predicted_class(scores: Float[np.ndarray, "batch classes"]) -> Int[np.ndarray, " batch"]:
    """Return the class with the largest score of each row; of equal ones, the first.

    Args:
        scores: logits or probabilities; it makes no difference.

    >>> predicted_class(np.array([[0.1, 0.7, 0.2], [0.5, 0.0, 0.5]]))
    array([1, 0])
    """
    ### BEGIN SOLUTION
    return scores.argmax(axis=-1)
    ### END SOLUTION


def accuracy(predicted: Int[np.ndarray, " batch"], labels: Int[np.ndarray, " batch"]) -> tuple[float, int]:
    """Return the fraction of the predictions that are right, and how many are.

    Args:
        predicted: class numbers, at least one.
        labels: the true class numbers.

    Returns:
        `(fraction, number correct)`, the fraction from 0 to 1.

    Raises:
        ValueError: for another number of labels than of predictions; the message names `labels` and how many
            there are. NumPy would compare only some of them, or none.

    >>> accuracy(np.array([1, 2, 3, 4]), np.array([1, 2, 3, 0]))
    (0.75, 3)
    """
    ### BEGIN SOLUTION
    if len(labels) != len(predicted):
        raise ValueError(f"labels must be as many as the {len(predicted)} predictions, not {len(labels)}")
    correct = int((predicted == labels).sum())
    return correct / len(labels), correct
    ### END SOLUTION


def confusion_matrix(
    labels: Int[np.ndarray, " batch"], predicted: Int[np.ndarray, " batch"], classes: int
) -> Int[np.ndarray, "{classes} {classes}"]:
    """Return how often each class was taken for each class.

    The row is the true class, the column the predicted one: `matrix[4, 9]` fours were taken for nines. What
    is right stands on the diagonal.

    Args:
        labels: the true class numbers, 0 ... classes - 1.
        predicted: class numbers, as many.
        classes: how many classes there are, at least 1. A class that never occurs has its row and column.

    Raises:
        ValueError: for a label outside of 0 ... classes - 1, or another number of labels than of predictions; the
            message names `labels`, and the label or how many there are (`check_labels` does both).

    >>> confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    ### BEGIN SOLUTION
    check_labels(labels, len(predicted), classes)
    matrix = np.zeros((classes, classes), np.int64)
    # `matrix[labels, predicted] += 1` would count a pair once that occurs several times.
    np.add.at(matrix, (labels, predicted), 1)
    return matrix
    ### END SOLUTION
