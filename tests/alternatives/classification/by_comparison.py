"""One-hot rows by comparison, softmax through its logarithm, pairs counted by bincount."""

import numpy as np


def one_hot(labels, classes):
    check_labels(labels, len(labels), classes)
    return (np.asarray(labels)[:, None] == np.arange(classes)) * 1.0


def softmax(logits):
    xp = array_namespace(logits)
    shifted = logits - xp.max(logits, axis=1, keepdims=True)
    return xp.exp(shifted - xp.log(xp.sum(xp.exp(shifted), axis=1, keepdims=True)))


def accuracy(predicted, labels):
    if len(predicted) != len(labels):
        raise ValueError(f"labels {len(labels)}")
    wrong = np.count_nonzero(np.asarray(predicted) - np.asarray(labels))
    return 1 - wrong / len(labels), len(labels) - wrong


def confusion_matrix(labels, predicted, classes):
    check_labels(labels, predicted.size, classes)
    pairs = np.asarray(labels) * classes + np.asarray(predicted)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)
