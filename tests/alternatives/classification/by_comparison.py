"""One-hot rows by comparison, softmax through its logarithm, pairs counted by bincount."""

import numpy as np


def one_hot(labels, classes):
    if classes < 1:
        raise ValueError(f"classes {classes}")
    check_labels(labels, classes)
    return (np.asarray(labels)[:, None] == np.arange(classes)) * 1.0


def softmax(logits):
    xp = array_namespace(logits)
    shifted = logits - largest(logits)
    return xp.exp(shifted - log(total(xp.exp(shifted))))


def accuracy(predicted, labels):
    if len(predicted) != len(labels) or not len(labels):
        raise ValueError(f"labels {len(labels)}")
    wrong = np.count_nonzero(np.asarray(predicted) - np.asarray(labels))
    return 1 - wrong / len(labels), len(labels) - wrong


def confusion_matrix(labels, predicted, classes):
    if classes < 1:
        raise ValueError(f"classes {classes}")
    if len(labels) != len(predicted):
        raise ValueError(f"predicted {len(predicted)}")
    check_labels(labels, classes)
    pairs = np.asarray(labels) * classes + np.asarray(predicted)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)
