"""The solutions that the trainer feeds tensors have TensorFlow's own gradients, finite at ±10,000; no suite can ask."""

import importlib
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from autograder.candidate.loader import serve_modules

SOLUTIONS = Path(__file__).parents[2] / "solutions"
NUMBERS = [-1e4, -100, -3, -1e-3, -0.0, 0.0, 1e-3, 3, 100, 1e4]


@pytest.fixture(scope="module")
def solutions():
    """The modules of both exercises."""
    serve_modules(SOLUTIONS, ["dense", "classification"], {"arrays": SOLUTIONS / "arrays.py"})
    return importlib.import_module("dense"), importlib.import_module("classification")


def gradient(function, x):
    """The gradient of the sum of what a function returns."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        outputs = function(x)
    return tape.gradient(outputs, x).numpy()


@pytest.mark.parametrize("dtype", [tf.float32, tf.float64])
@pytest.mark.parametrize("traced", [False, True])
def test_gradients_are_tensorflows(solutions, dtype, traced):
    dense, classification = solutions
    x = tf.constant(NUMBERS, dtype)
    logits = tf.constant(np.random.default_rng(1).choice(NUMBERS, (50, 5)), dtype)
    labels = tf.constant(np.arange(50) % 5)
    factors = tf.constant(np.random.default_rng(2).normal(size=(50, 5)), dtype)
    for own, theirs, at in (
        (dense.sigmoid, tf.sigmoid, x),
        (dense.relu, tf.nn.relu, x),
        (
            lambda logits: classification.softmax(logits) * factors,
            lambda logits: tf.nn.softmax(logits) * factors,
            logits,
        ),
        (
            lambda logits: classification.cross_entropy(logits, labels),
            lambda logits: tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)),
            logits,
        ),
    ):
        found = gradient(tf.function(own) if traced else own, at)
        assert np.isfinite(found).all()
        np.testing.assert_allclose(found, gradient(theirs, at), rtol=1e-5, atol=1e-6)
