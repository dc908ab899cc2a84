"""Classification: from ten numbers to a class, a loss, and a count of what went right.

The last layer of a network gives a number for each class, its *logit*: the larger, the likelier. `softmax`
makes probabilities of them. The *cross-entropy* is the loss that is trained on: the negative logarithm of
the probability that the network gave to the right class. It is 0 for a network that is certain and right,
ln 10 = 2.3026 for one that holds ten classes equally likely, and it grows without bound for one that is
certain and wrong.

Numbers that are fine on paper overflow in a computer: exp(1000) is infinite, and log(0) minus infinity. Both
functions here stay finite and exact, because shifting all logits by the same number changes no probability:

    softmax(logits) == softmax(logits - max(logits))
    log(sum(exp(logits))) == max(logits) + log(sum(exp(logits - max(logits))))

Sources: https://www.deeplearningbook.org/contents/numerical.html (4.1),
https://scikit-learn.org/stable/modules/generated/sklearn.metrics.confusion_matrix.html
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
from jaxtyping import Float, Int

# A NumPy array or a TensorFlow tensor.
Array = Any


def array_namespace(array: Array) -> ModuleType:
    """Given: return NumPy for a NumPy array, TensorFlow for a tensor; `xp.exp` is in both."""
    if isinstance(array, np.ndarray):
        return np
    import tensorflow  # only here, because the import takes seconds

    return tensorflow


def largest(logits: Array) -> Array:
    """Given: return the largest number of each row, of shape (batch, 1), for an array or a tensor."""
    if isinstance(logits, np.ndarray):
        return logits.max(axis=-1, keepdims=True)
    return array_namespace(logits).reduce_max(logits, axis=-1, keepdims=True)


def total(values: Array) -> Array:
    """Given: return the sum of each row, of shape (batch, 1), for an array or a tensor."""
    if isinstance(values, np.ndarray):
        return values.sum(axis=-1, keepdims=True)
    return array_namespace(values).reduce_sum(values, axis=-1, keepdims=True)


def log(values: Array) -> Array:
    """Given: return the natural logarithm of every element, for an array or a tensor."""
    return np.log(values) if isinstance(values, np.ndarray) else array_namespace(values).math.log(values)


def mean(values: Array) -> Array:
    """Given: return the mean of all elements, for an array or a tensor."""
    return values.mean() if isinstance(values, np.ndarray) else array_namespace(values).reduce_mean(values)


def check_labels(labels: Int[np.ndarray, " batch"], classes: int) -> None:
    """Given: raise ValueError for a label outside of 0 ... classes - 1; the message names it."""
    wrong = labels[(labels < 0) | (labels >= classes)]
    if len(wrong):
        raise ValueError(f"labels must be 0 ... {classes - 1}, not {wrong[0]}")


def right_logits(logits: Array, labels: Array) -> Array:
    """Given: return the logit of each row's label, of shape (batch, 1), for arrays or tensors.

    Raises:
        ValueError: for NumPy arrays, where the labels do not fit the logits; the message names `labels`.
    """
    if not isinstance(logits, np.ndarray):
        return array_namespace(logits).gather(logits, labels, batch_dims=1)[:, None]
    if len(labels) != len(logits) or len(labels) == 0:
        raise ValueError(f"labels must be one for each of {len(logits)} rows, not {len(labels)}")
    check_labels(labels, logits.shape[-1])
    return np.take_along_axis(logits, labels[:, None], axis=-1)


def one_hot(labels: Int[np.ndarray, " batch"], classes: int) -> Float[np.ndarray, "batch {classes}"]:
    """Return a row for each label: 1 in the label's column, 0 elsewhere.

    Args:
        labels: class numbers, 0 ... classes - 1.
        classes: how many classes there are, at least 1.

    Returns:
        float32 (any dtype is accepted).

    Raises:
        ValueError: for a label outside of 0 ... classes - 1 (the message names `labels` and the label), or
            fewer classes than 1 (`classes` and its value).

    >>> one_hot(np.array([2, 0]), 3)
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def softmax(logits: Float[Array, "batch classes"]) -> Float[Array, "batch classes"]:
    """Return the probabilities of the classes, row by row.

        probability[i] = exp(logit[i]) / sum over j of exp(logit[j])

    None is below 0, and each row adds up to 1. Logits from -10,000 to 10,000 must give no infinity and no
    NaN: take the largest logit of each row away first. Works on NumPy arrays and on TensorFlow tensors, eager
    and inside `tf.function`: the functions above are given for that.

    >>> softmax(np.array([[0.0, 0.0], [10_000.0, 0.0]]))
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def cross_entropy(logits: Float[Array, "batch classes"], labels: Int[Array, " batch"]) -> float:
    """Return the mean over the batch of the negative logarithm of the right class's probability.

        loss = mean over examples of  log(sum over j of exp(logit[j])) - logit[label]

    Computed from the logits: where a probability is rounded to 0, its logarithm is lost. Logits from -10,000
    to 10,000 must give a finite loss. Works on NumPy arrays, and on TensorFlow tensors (logits and labels),
    eager and inside `tf.function`: the functions above are given for that.

    Args:
        logits: not probabilities: no softmax before.
        labels: class numbers, one for each row, at least one.

    Raises:
        ValueError: for NumPy arrays: another number of labels than of rows, or none at all (the message names
            `labels` and how many there are), or a label that is no column (`labels` and the label).
            `right_logits`, which is given, raises it.

    >>> float(round(cross_entropy(np.zeros((5, 10)), np.array([0, 1, 2, 3, 4])), 4))  # ln 10
    2.3026
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def predicted_class(scores: Float[np.ndarray, "batch classes"]) -> Int[np.ndarray, " batch"]:
    """Return the class with the largest score of each row; of equal ones, the first.

    Args:
        scores: logits or probabilities; it makes no difference.

    >>> predicted_class(np.array([[0.1, 0.7, 0.2], [0.5, 0.0, 0.5]]))
    array([1, 0])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def accuracy(predicted: Int[np.ndarray, " batch"], labels: Int[np.ndarray, " batch"]) -> tuple[float, int]:
    """Return the fraction of the predictions that are right, and how many are.

    Args:
        predicted: class numbers, at least one.
        labels: the true class numbers.

    Returns:
        `(fraction, number correct)`, the fraction from 0 to 1.

    Raises:
        ValueError: for another number of labels than of predictions, or none at all; the message names
            `labels` and how many there are.

    >>> accuracy(np.array([1, 2, 3, 4]), np.array([1, 2, 3, 0]))
    (0.75, 3)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


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
        ValueError: for another number of predictions than of labels (the message names `predicted` and how
            many there are), a label outside of 0 ... classes - 1 (`labels` and the label), or fewer classes
            than 1 (`classes` and its value).

    >>> confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    # YOUR CODE HERE
    raise NotImplementedError()
