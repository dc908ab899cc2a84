"""The logit of the right class by a product with one-hot rows; the confusion matrix as a product of two."""

import numpy as np


def cross_entropy(logits, labels):
    xp = array_namespace(logits)
    if xp is np:
        if len(labels) != len(logits) or len(logits) == 0:
            raise ValueError(f"labels are {len(labels)}")
        rows = one_hot(labels, logits.shape[1])
        shifted = logits - logits.max(axis=1, keepdims=True)
        return np.mean(np.log(np.exp(shifted).sum(axis=1)) - (shifted * rows).sum(axis=1))
    rows = xp.one_hot(labels, logits.shape[1], dtype=logits.dtype)
    shifted = logits - largest(logits)
    return xp.reduce_mean(xp.reduce_logsumexp(shifted, axis=1) - xp.reduce_sum(shifted * rows, axis=1))


def confusion_matrix(labels, predicted, classes):
    if len(labels) != len(predicted):
        raise ValueError(f"predicted: {len(predicted)}")
    return (one_hot(labels, classes).T @ one_hot(predicted, classes)).round()


def accuracy(predicted, labels):
    if predicted.shape != labels.shape or labels.size == 0:
        raise ValueError(f"labels: {labels.size}")
    return np.mean(predicted == labels), np.count_nonzero(predicted == labels)
