"""softmax from logaddexp, counts by np.unique, classes by sorting; TensorFlow's own functions for tensors."""

import numpy as np


def softmax(logits):
    if not isinstance(logits, np.ndarray):
        import tensorflow as tf

        return tf.nn.softmax(logits)
    logits = logits.astype(np.float64)
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))


def cross_entropy(logits, labels):
    if not isinstance(logits, np.ndarray):
        import tensorflow as tf

        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    check_labels(labels, *logits.shape)
    return np.average(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(labels)), labels])


def predicted_class(scores):
    return np.argsort(-scores, axis=1, kind="stable")[:, 0]


def confusion_matrix(labels, predicted, classes):
    check_labels(labels, predicted.size, classes)
    matrix = np.zeros((classes, classes))
    pairs, counts = np.unique(np.stack([labels, predicted]), axis=1, return_counts=True)
    matrix[pairs[0], pairs[1]] = counts
    return matrix


def one_hot(labels, classes):
    check_labels(labels, len(labels), classes)
    rows = np.zeros((len(labels), classes))
    np.put_along_axis(rows, labels[:, None], 1, axis=1)
    return rows
