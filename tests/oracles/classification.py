"""Probabilities and losses by SciPy and Keras, counts by scikit-learn."""

from __future__ import annotations

import warnings

import numpy as np
import scipy.special
import sklearn.metrics
import tensorflow as tf


def softmax(logits: np.ndarray) -> np.ndarray:
    """SciPy's softmax, in float64."""
    return scipy.special.softmax(logits.astype(np.float64), axis=-1)


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """SciPy's log-softmax at the labels, its mean with the sign turned."""
    logarithms = scipy.special.log_softmax(logits.astype(np.float64), axis=-1)
    return float(-np.mean([row[label] for row, label in zip(logarithms, labels, strict=True)]))


def keras_cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Keras' loss."""
    return float(tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits))


def accuracy(predicted: np.ndarray, labels: np.ndarray) -> tuple[float, int]:
    """scikit-learn's accuracy, as a fraction and as a count."""
    return (
        float(sklearn.metrics.accuracy_score(labels, predicted)),
        int(sklearn.metrics.accuracy_score(labels, predicted, normalize=False)),
    )


def confusion_matrix(labels: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """scikit-learn's confusion matrix."""
    with warnings.catch_warnings():
        # It warns of a single class, which is meant here.
        warnings.simplefilter("ignore", UserWarning)
        return sklearn.metrics.confusion_matrix(labels, predicted, labels=range(classes))
