"""The public suite of `layers`: one layer, then a chain of them, small enough to follow."""

import numpy as np

from autograder import bad_input, close, points, same


def test_a_variable_is_made_once(layers):
    """Asked for twice, a variable is the same one; asked for with another shape, it is a ValueError."""
    variables = layers.Variables(seed=0)
    variables.constant("bias", (3,), 1.5)
    assert variables.constant("bias", (3,), 9.0) == close(np.array([1.5, 1.5, 1.5]))
    with bad_input("bias", 4):
        variables.constant("bias", (4,), 1.5)


def test_what_is_there_is_not_drawn_again(layers):
    """Computed a second time, a layer draws nothing: so the next layer begins as it would have without that."""
    image, once, twice = np.ones((1, 2, 2, 1), np.float32), layers.Variables(seed=3), layers.Variables(seed=3)
    layers.conv_layer(once, "first", image, 2, 3)
    layers.conv_layer(twice, "first", image, 2, 3)
    layers.conv_layer(twice, "first", image, 2, 3)
    _, kernel = layers.conv_layer(once, "second", image, 2, 3)
    _, other = layers.conv_layer(twice, "second", image, 2, 3)
    assert other == same(np.array(kernel))


@points(2)
def test_conv_layer_halves_the_image(layers):
    """28 x 28, 16 filters of 5 x 5, SAME, pooled by 2: 14 x 14 x 16. The kernel is 5 x 5 x 1 x 16."""
    layer, kernel = layers.conv_layer(
        layers.Variables(), "conv1", np.zeros((2, 28, 28, 1), np.float32), 5, 16, pool_size=2
    )
    assert np.shape(layer) == same((2, 14, 14, 16))
    assert np.shape(kernel) == same((5, 5, 1, 16))


@points(2)
def test_conv_layer_of_nothing_is_its_bias(layers):
    """Images of zeros leave the bias alone; ReLU makes 0 of -0.5, tanh makes tanh(-0.5)."""
    images, variables = np.zeros((1, 4, 4, 1), np.float32), layers.Variables()
    layer, _ = layers.conv_layer(variables, "c", images, 3, 2, activation="tanh", initial_bias=-0.5)
    assert layer == close(np.full((1, 4, 4, 2), np.tanh(-0.5)), rtol=1e-4)
    layer, _ = layers.conv_layer(variables, "c", images, 3, 2)
    assert layer == close(np.zeros((1, 4, 4, 2)))


def test_one_filter_by_hand(layers):
    """One pixel of 2 and one filter of 1 x 1: the output is 2 * kernel + bias."""
    variables = layers.Variables(seed=1)
    image = np.full((1, 1, 1, 1), 2.0, np.float32)
    layer, kernel = layers.conv_layer(variables, "c", image, 1, 1, activation="none", initial_bias=0.25)
    assert layer == close(2 * kernel + 0.25, rtol=1e-4)


@points(2)
def test_strides_on_an_image_that_is_not_square(layers):
    """4 rows of 5, SAME, strides 2: zeros come after the last row, and before and after the columns."""
    image = np.arange(20, dtype=np.float32).reshape(1, 4, 5, 1)
    layer, kernel = layers.conv_layer(
        layers.Variables(seed=2), "c", image, 3, 1, strides=2, activation="none", initial_bias=0.0
    )
    padded, weights = np.pad(image[0, :, :, 0], [(0, 1), (1, 1)]), np.reshape(kernel, (3, 3))
    rows = [[np.sum(padded[y : y + 3, x : x + 3] * weights) for x in (0, 2, 4)] for y in (0, 2)]
    assert layer == close(np.reshape(rows, (1, 2, 3, 1)), rtol=1e-4)


def test_valid_leaves_the_edge_out(layers):
    """VALID: a kernel of 3 has one position in an image of 3 by 3, its sum is that of all products."""
    image = np.arange(9, dtype=np.float32).reshape(1, 3, 3, 1)
    layer, kernel = layers.conv_layer(
        *(layers.Variables(seed=6), "c", image, 3, 1), padding="VALID", activation="none", initial_bias=0.0
    )
    assert layer == close(
        np.reshape(np.sum(image[0] * np.reshape(kernel, (3, 3, 1))), (1, 1, 1, 1)), rtol=1e-4
    )


def test_a_stride_in_place_of_a_pool(layers):
    """pooling="stride": strides of 2 and a pool of 3 are one convolution in steps of 2 * 3 = 6. Nothing is pooled."""
    image = np.arange(49, dtype=np.float32).reshape(1, 7, 7, 1)
    layer, kernel = layers.conv_layer(
        *(layers.Variables(seed=7), "c", image, 1, 1),
        **{"strides": 2, "pool_size": 3, "pooling": "stride", "activation": "none", "initial_bias": 0.0},
    )
    assert layer == close(image[:, ::6, ::6] * np.reshape(kernel, (1, 1, 1, 1)), rtol=1e-4)


def test_a_pool_of_1_is_none(layers):
    """A pool of 1 with pooling="stride" leaves the strides alone: 4 by 4 in steps of 1 stays 4 by 4."""
    image = np.zeros((1, 4, 4, 1), np.float32)
    layer, _ = layers.conv_layer(layers.Variables(), "c", image, 3, 2, pool_size=1, pooling="stride")
    assert np.shape(layer) == same((1, 4, 4, 2))


@points(2)
def test_the_activation_comes_last(layers):
    """The mean of 10, 20, 30 and 60 is 30; then comes tanh: tanh(30 * kernel), not a mean of tanhs."""
    image = np.array([10.0, 20.0, 30.0, 60.0], np.float32).reshape(1, 2, 2, 1)
    layer, kernel = layers.conv_layer(
        *(layers.Variables(seed=4), "c", image, 1, 1),
        **{"pool_size": 2, "pooling": "average", "activation": "tanh", "initial_bias": 0.0},
    )
    assert layer == close(np.tanh(30 * np.reshape(kernel, (1, 1, 1, 1))), rtol=1e-4)


def test_computes_in_the_dtype_of_what_comes_in(layers):
    """float64 images give float64 outputs: kernel and bias are cast; the variables stay float32."""
    images = np.ones((1, 2, 2, 1), np.float64)
    layer, kernel = layers.conv_layer(layers.Variables(), "c", images, 1, 1)
    assert str(layer.dtype) == same("float64")
    assert str(np.array(kernel).dtype) == same("float32")


@points(2)
def test_fully_connected_layer(layers):
    """Each output is the sum of the inputs times their weights, plus the bias."""
    inputs = np.array([[1.0, 2.0, 3.0]], np.float32)
    layer, kernel = layers.fully_connected_layer(
        layers.Variables(), "d", inputs, 4, activation="none", initial_bias=0.5
    )
    assert layer == close(inputs @ kernel + 0.5, rtol=1e-4)


def test_the_default_arguments_of_a_chain(layers):
    """What is set first stays, what is set again changes, and the chain before stays as it was."""
    begin = layers.chain(np.zeros((1, 2), np.float32)).with_defaults(activation="tanh", dropout=0.5)
    longer = begin.with_defaults(activation="sigmoid", initial_bias=1.0)
    assert longer.defaults == same({"activation": "sigmoid", "dropout": 0.5, "initial_bias": 1.0})
    assert begin.defaults == same({"activation": "tanh", "dropout": 0.5})
    # sigmoid(0 * weight + 1)
    assert longer.fully_connected(1).layer == close(np.array([[1 / (1 + np.exp(-1.0))]]), rtol=1e-4)


def test_the_last_layer_has_an_initializer_of_its_own(layers):
    """`last_initializer` is for layers without an activation: "small" draws numbers near 0, "large" far from it."""
    inputs, variables = np.ones((1, 50), np.float32), layers.Variables(seed=8)
    chain = layers.chain(inputs, variables).with_defaults(initializer="large", last_initializer="small")
    chain.fully_connected(50).fully_connected(50, activation="none")
    drawn = variables.arrays()
    assert bool(np.std(drawn["dense1/kernel"]) > 0.5) == same(True)
    assert bool(np.std(drawn["dense2/kernel"]) < 0.1) == same(True)


def test_a_default_that_no_layer_has(layers):
    """A misspelt default would change nothing: ValueError, and the message says which."""
    with bad_input("activations"):
        layers.chain(np.zeros((1, 2), np.float32)).with_defaults(activations="relu")


def test_an_argument_of_the_layer_wins(layers):
    """An argument given to the layer wins over the chain's default. 0 * weight + 3, and no activation."""
    begin = layers.chain(np.zeros((1, 2), np.float32)).with_defaults(activation="sigmoid", initial_bias=1.0)
    assert begin.fully_connected(1, activation="none", initial_bias=3.0).layer == close(np.array([[3.0]]))


def test_outputs_are_those_before_the_activation(layers):
    """Zeros in and a bias of 1: the layer computes 1, and hands on tanh(1)."""
    chain = layers.chain(np.zeros((1, 2, 2, 1), np.float32)).with_defaults(
        activation="tanh", initial_bias=1.0
    )
    chain = chain.conv2d(1, 1)
    assert chain.outputs["conv1"] == close(np.ones((1, 2, 2, 1)))
    assert chain.layer == close(np.full((1, 2, 2, 1), np.tanh(1.0)), rtol=1e-4)


def test_the_softmax_is_that_of_the_logits(layers):
    """No activation on the logits, which may be below 0: softmax(inputs @ kernel + bias)."""
    inputs, variables = np.array([[10.0, -20.0, 30.0]], np.float32), layers.Variables(seed=5)
    predictions, _ = layers.chain(inputs, variables).softmax_classifier(4, np.array([1]))
    powers = np.exp(inputs @ variables.arrays()["logits/kernel"] + variables.arrays()["logits/bias"])
    assert predictions == close(powers / powers.sum(), rtol=1e-3)


@points(2)
def test_the_cnn_as_a_chain(layers):
    """28 x 28 -> 14 x 14 x 16 -> 7 x 7 x 36 -> 1764 -> 128 -> probabilities of ten classes, and a loss."""
    images, labels = np.zeros((2, 28, 28, 1), np.float32), np.array([3, 4])
    chain = layers.chain(images).conv2d(5, 16).max_pool(2, 2).conv2d(5, 36, pool_size=2).flatten()
    assert chain.features == same(1764)
    chain = chain.fully_connected(128)
    assert list(chain.outputs) == same(["conv1", "conv2", "dense1"])
    predictions, loss = chain.softmax_classifier(10, labels)
    assert np.sum(predictions, axis=1) == close(np.ones(2), rtol=1e-4)
    assert loss == close(-np.mean(np.log(predictions[[0, 1], [3, 4]])), rtol=1e-3)


def test_kernels_by_name(layers):
    """The kernel of conv1; a layer that does not exist is a KeyError."""
    chain = layers.chain(np.zeros((1, 8, 8, 1), np.float32)).conv2d(3, 2)
    assert np.shape(chain.kernel("conv1")) == same((3, 3, 1, 2))
    with bad_input("conv2", error=KeyError):
        chain.kernel("conv2")
