"""The oracle of `numpy_cnn` against TensorFlow's tape and Keras' Adam."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.oracles import numpy_cnn as oracle

# 1,000 pairs of random weights and a batch in all. TensorFlow compiles once for each form of network.
FORMS, CASES_OF_A_FORM = 20, 50


def form(rng):
    """Return the shapes of a random network of one to three blocks, and that of a batch of images."""
    number = int(rng.integers(1, 4))
    height, width = (int(side) * 2**number for side in rng.integers(1, 3, 2))
    channels = [int(count) for count in rng.integers(1, 4, number + 1)]
    classes, units, batch = (int(count) for count in rng.integers(2, 6, 3))
    shapes = {
        f"conv{block}": (*(int(size) for size in rng.integers(1, 6, 2)), *channels[block - 1 : block + 1])
        for block in range(1, number + 1)
    }
    shapes |= {"dense": (height * width // 4**number * channels[-1], units), "logits": (units, classes)}
    return shapes, (batch, height, width, channels[0])


def drawn(rng, shapes, batch_shape):
    """Return random weights in float64, a batch of images and their labels."""
    weights = {}
    for name, shape in shapes.items():
        weights[f"{name}/kernel"] = rng.normal(0, 0.5, shape)
        weights[f"{name}/bias"] = rng.normal(0, 0.3, shape[-1])
    labels = rng.integers(0, shapes["logits"][1], batch_shape[0])
    return weights, rng.normal(0, 1, batch_shape), labels


def by_tensorflow(weights, images, labels):
    """Return the logits, the loss and its gradients."""
    with tf.GradientTape() as tape:
        tape.watch(weights)
        layer = images
        for name in oracle.blocks(weights):
            layer = tf.nn.conv2d(layer, weights[f"{name}/kernel"], 1, "SAME") + weights[f"{name}/bias"]
            layer = tf.nn.relu(tf.nn.max_pool2d(layer, 2, 2, "VALID"))
        flat = tf.reshape(layer, (images.shape[0], -1))
        hidden = tf.nn.relu(flat @ weights["dense/kernel"] + weights["dense/bias"])
        logits = hidden @ weights["logits/kernel"] + weights["logits/bias"]
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    return logits, loss, tape.gradient(loss, weights)


@pytest.mark.parametrize("seed", range(FORMS))
def test_network(seed):
    """Logits, loss and the gradient of each of the weights, to ten digits."""
    rng = np.random.default_rng(seed)
    shapes, batch_shape = form(rng)
    compiled = tf.function(by_tensorflow)
    for _ in range(CASES_OF_A_FORM):
        weights, images, labels = drawn(rng, shapes, batch_shape)
        logits, loss, gradients = tf.nest.map_structure(
            lambda tensor: tensor.numpy(),
            compiled(*tf.nest.map_structure(tf.constant, (weights, images, labels))),
        )
        np.testing.assert_allclose(oracle.logits(weights, images), logits, rtol=1e-10, atol=1e-12)
        own_loss, own = oracle.loss_and_gradients(weights, images, labels)
        assert own_loss == pytest.approx(loss, rel=1e-10)
        assert own.keys() == gradients.keys()
        for name, gradient in gradients.items():
            np.testing.assert_allclose(own[name], gradient, rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("seed", range(4))
def test_descent(seed):
    """Ten steps of Adam along the oracle's own gradients end where Keras' Adam ends."""
    rng = np.random.default_rng(seed)
    weights, images, labels = drawn(rng, *form(rng))
    losses, path = oracle.descent(weights, [(images, labels)] * 10, 0.01)
    variables = [keras.Variable(array, dtype="float64") for array in weights.values()]
    adam = keras.optimizers.Adam(0.01)
    adam.build(variables)
    before = weights
    for loss, after in zip(losses, path, strict=True):
        expected, gradients = oracle.loss_and_gradients(before, images, labels)
        assert loss == expected
        adam.apply([tf.constant(gradients[name]) for name in weights], variables)
        for variable, array in zip(variables, after.values(), strict=True):
            # Keras rounds beta_2 to float32: a step of 0.01 is off by 1e-7.
            np.testing.assert_allclose(array, variable.numpy(), rtol=0, atol=2e-6)
        before = after
