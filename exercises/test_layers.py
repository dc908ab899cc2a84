"""The public suite of `layers`: one layer, then a chain of them, small enough to follow."""

import numpy as np
import pytest

from autograder import bad_input, close, points, same


def test_a_variable_is_made_once(layers):
    """Asked for twice, a variable is the same one; asked for with another shape, it is a ValueError."""
    variables = layers.Variables(seed=0)
    variables.constant("biases", (3,), 1.5)
    assert variables.constant("biases", (3,), 9.0) == close(np.array([1.5, 1.5, 1.5]))
    with bad_input("biases", 4):
        variables.constant("biases", (4,), 1.5)


@points(2)
def test_conv_layer_halves_the_image(layers):
    """28 x 28, 16 filters of 5 x 5, SAME, pooled by 2: 14 x 14 x 16. The filters are 5 x 5 x 1 x 16."""
    layer, weights = layers.conv_layer(
        layers.Variables(), "conv1", np.zeros((2, 28, 28, 1), np.float32), 5, 16, pool=2
    )
    assert np.shape(layer) == same((2, 14, 14, 16))
    assert np.shape(weights) == same((5, 5, 1, 16))


@points(2)
def test_conv_layer_of_nothing_is_its_bias(layers):
    """Images of zeros leave the bias alone; ReLU makes 0 of -0.5, tanh makes tanh(-0.5)."""
    images, variables = np.zeros((1, 4, 4, 1), np.float32), layers.Variables()
    layer, _ = layers.conv_layer(variables, "c", images, 3, 2, activation="tanh", initial_bias=-0.5)
    assert layer == close(np.full((1, 4, 4, 2), np.tanh(-0.5)), rtol=1e-4)
    layer, _ = layers.conv_layer(variables, "c", images, 3, 2)
    assert layer == close(np.zeros((1, 4, 4, 2)))


def test_one_filter_by_hand(layers):
    """One pixel of 2 and one filter of 1 x 1: the output is 2 * weight + bias."""
    variables = layers.Variables(seed=1)
    image = np.full((1, 1, 1, 1), 2.0, np.float32)
    layer, weights = layers.conv_layer(variables, "c", image, 1, 1, activation="none", initial_bias=0.25)
    assert layer == close(2 * weights + 0.25, rtol=1e-4)


@points(2)
def test_fully_connected_layer(layers):
    """Each output is the sum of the inputs times their weights, plus the bias."""
    inputs = np.array([[1.0, 2.0, 3.0]], np.float32)
    layer, weights = layers.fully_connected_layer(
        layers.Variables(), "d", inputs, 4, activation="none", initial_bias=0.5
    )
    assert layer == close(inputs @ weights + 0.5, rtol=1e-4)


def test_the_default_arguments_of_a_chain(layers):
    """What is set first stays, what is set again changes, and the chain before stays as it was."""
    begin = layers.chain(np.zeros((1, 2), np.float32)).with_defaults(activation="tanh")
    longer = begin.with_defaults(activation="sigmoid", initial_bias=1.0)
    assert longer.defaults == same({"activation": "sigmoid", "initial_bias": 1.0})
    assert begin.defaults == same({"activation": "tanh"})
    # sigmoid(0 * weight + 1)
    assert longer.fully_connected(1).layer == close(np.array([[1 / (1 + np.exp(-1.0))]]), rtol=1e-4)


@points(2)
def test_the_cnn_as_a_chain(layers):
    """28 x 28 -> 14 x 14 x 16 -> 7 x 7 x 36 -> 1764 -> 128 -> probabilities of ten classes, and a loss."""
    images, labels = np.zeros((2, 28, 28, 1), np.float32), np.array([3, 4])
    chain = layers.chain(images).conv2d(5, 16).max_pool(2, 2).conv2d(5, 36, pool=2).flatten()
    assert chain.features == same(1764)
    chain = chain.fully_connected(128)
    assert list(chain.outputs) == same(["conv1", "conv2", "dense1"])
    predictions, loss = chain.softmax_classifier(10, labels)
    assert np.sum(predictions, axis=1) == close(np.ones(2), rtol=1e-4)
    assert loss == close(-np.mean(np.log(predictions[[0, 1], [3, 4]])), rtol=1e-3)


def test_weights_by_name(layers):
    """The filters of conv1; a layer that there is not is a KeyError."""
    chain = layers.chain(np.zeros((1, 8, 8, 1), np.float32)).conv2d(3, 2)
    assert np.shape(chain.weights("conv1")) == same((3, 3, 1, 2))
    with pytest.raises(KeyError, match="conv2"):
        chain.weights("conv2")
