"""The oracle of `flatten` answers as Keras does."""

import numpy as np
import tensorflow as tf

from tests.oracles import flatten as oracle

CASES = 1_000


def random_layers(seed):
    """Yield batches of small images of fractions; some batches are empty."""
    rng = np.random.default_rng(seed)
    for _ in range(CASES):
        yield rng.normal(size=(rng.integers(0, 5), *rng.integers(1, 8, 3))).astype(np.float32)


def test_flatten_is_keras():
    keras_layer = tf.keras.layers.Flatten()
    for layer in random_layers(1):
        flat, features = oracle.flatten(layer)
        expected = keras_layer(layer).numpy()
        assert np.array_equal(flat, expected)
        assert features == expected.shape[1]


def test_unflatten_is_keras():
    for layer in random_layers(2):
        shape = layer.shape[1:]
        flat = tf.reshape(layer, (-1, int(np.prod(shape))))
        expected = tf.keras.layers.Reshape(shape)(flat)
        assert np.array_equal(oracle.unflatten(flat.numpy(), shape), expected)
