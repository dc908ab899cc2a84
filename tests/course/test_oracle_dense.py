"""The oracle of `dense` agrees with TensorFlow and SciPy."""

import numpy as np
import scipy.special
import tensorflow as tf

from tests.oracles import dense as oracle

# TensorFlow is asked for all cases of one shape at once.
SHAPES, CASES = 50, 20
EXACT = {"rtol": 1e-10, "atol": 1e-10}


def drawn(rng, *shape):
    """Arrays of that shape, one for each case."""
    return rng.normal(size=(CASES, *shape))


def by_tensorflow(x, kernel, bias):
    """The layer of each case."""
    return (tf.matmul(x, kernel) + bias[:, None]).numpy()


def test_dense_is_tensorflows():
    rng = np.random.default_rng(1)
    for _ in range(SHAPES):
        batch, inputs, units = rng.integers(0, 6), *rng.integers(1, 7, 2)
        arguments = drawn(rng, batch, inputs), drawn(rng, inputs, units), drawn(rng, units)
        for case, expected in zip(zip(*arguments, strict=True), by_tensorflow(*arguments), strict=True):
            np.testing.assert_allclose(oracle.dense(*case), expected, **EXACT)


def test_merged_layers_answer_as_both_do_in_tensorflow():
    rng = np.random.default_rng(2)
    for _ in range(SHAPES):
        inputs, hidden, units = rng.integers(1, 6, 3)
        x = drawn(rng, 9, inputs)
        first, second = (
            (drawn(rng, rows, columns), drawn(rng, columns))
            for rows, columns in ((inputs, hidden), (hidden, units))
        )
        outputs = by_tensorflow(by_tensorflow(x, *first), *second)
        for case, *layers, expected in zip(x, *first, *second, outputs, strict=True):
            kernel, bias = oracle.merge(tuple(layers[:2]), tuple(layers[2:]))
            np.testing.assert_allclose(case @ kernel + bias, expected, **EXACT)


def test_sigmoid_is_scipys():
    rng = np.random.default_rng(3)
    for scale in (1e-12, 0.1, 1, 10, 3000):
        x = rng.normal(0, scale, SHAPES * CASES)
        np.testing.assert_allclose(oracle.sigmoid(x), scipy.special.expit(x), rtol=1e-9, atol=1e-300)
