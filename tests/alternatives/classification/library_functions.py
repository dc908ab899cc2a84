"""softmax from logaddexp, counts by bincount, classes by sorting; TensorFlow's own functions for tensors."""

import numpy as np


def softmax(logits):
    if not isinstance(logits, np.ndarray):
        return array_namespace(logits).nn.softmax(logits)
    logits = logits.astype(np.float64)
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))


def cross_entropy(logits, labels):
    if not isinstance(logits, np.ndarray):
        xp = array_namespace(logits)
        return xp.reduce_mean(xp.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    right = right_logits(logits, labels)[:, 0]
    return np.average(np.logaddexp.reduce(logits, axis=1) - right)


def predicted_class(scores):
    return np.argsort(-scores, axis=1, kind="stable")[:, 0]


def confusion_matrix(labels, predicted, classes):
    if classes < 1:
        raise ValueError(f"classes is {classes}")
    check_labels(labels, classes)
    if predicted.size != labels.size:
        raise ValueError(f"predicted has {predicted.size} elements")
    return np.bincount(labels * classes + predicted, minlength=classes**2).reshape(classes, classes)


def one_hot(labels, classes):
    if classes < 1:
        raise ValueError(f"classes is {classes}")
    check_labels(labels, classes)
    return (labels[:, None] == np.arange(classes)).astype(np.float64)
