"""The oracle of `classification` agrees with SciPy, TensorFlow and scikit-learn."""

import warnings

import numpy as np
import pytest
import scipy.special
import sklearn.metrics
import tensorflow as tf

from tests.oracles import classification as oracle

CASES = 1000


@pytest.fixture(scope="module")
def cases():
    """Logits, labels and other class numbers; of each shape twenty."""
    rng = np.random.default_rng(1)
    found = []
    for scale in np.repeat([1e-12, 0.1, 1, 10, 3000], CASES // 5):
        rows, classes = rng.integers(1, 7, 2)
        logits = np.clip(rng.normal(0, scale, (rows, classes)), -1e4, 1e4)
        found.append((logits, *rng.integers(0, classes, (2, rows))))
    return found


def test_softmax_is_scipys(cases):
    for logits, _, _ in cases:
        expected = scipy.special.softmax(logits, axis=-1)
        np.testing.assert_allclose(oracle.softmax(logits), expected, rtol=1e-9, atol=1e-300)


def test_cross_entropy_is_tensorflows(cases):
    for logits, labels, _ in cases:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits).numpy()
        np.testing.assert_allclose(oracle.cross_entropy(logits, labels), losses.mean(), rtol=1e-9, atol=1e-9)


def test_cross_entropy_is_keras():
    rng = np.random.default_rng(2)
    keras = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    for _ in range(20):
        logits, labels = rng.normal(size=(6, 10)), rng.integers(0, 10, 6)
        np.testing.assert_allclose(oracle.cross_entropy(logits, labels), keras(labels, logits), rtol=1e-6)


def test_one_hot_is_tensorflows(cases):
    for logits, labels, _ in cases:
        classes = logits.shape[1]
        np.testing.assert_array_equal(oracle.one_hot(labels, classes), tf.one_hot(labels, classes))


def test_predicted_class_is_tensorflows(cases):
    for logits, _, _ in cases:
        scores = np.round(logits)  # so that some are equal
        np.testing.assert_array_equal(oracle.predicted_class(scores), tf.argmax(scores, axis=1))


def test_counts_are_scikit_learns(cases):
    with warnings.catch_warnings():
        # It warns of a single class, which is meant here.
        warnings.simplefilter("ignore", UserWarning)
        for logits, labels, predicted in cases:
            classes = logits.shape[1]
            expected = sklearn.metrics.confusion_matrix(labels, predicted, labels=range(classes))
            np.testing.assert_array_equal(oracle.confusion_matrix(labels, predicted, classes), expected)
            score = sklearn.metrics.accuracy_score
            right = score(labels, predicted), score(labels, predicted, normalize=False)
            np.testing.assert_allclose(oracle.accuracy(predicted, labels), right)
