"""The hidden suite of `layers`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, expect_values, points, proves, same
from tests.oracles import layers as oracle
from tests.strategies import arrays

# TensorFlow takes its time for each new shape; the domain is small.
few = settings(max_examples=20)
images_of = st.tuples(st.integers(1, 2), st.integers(4, 9), st.integers(4, 9), st.integers(1, 3))
activations = st.sampled_from(["relu", "sigmoid", "tanh", "none"])


def some_images(*shape):
    return np.random.default_rng(5).normal(0, 1, shape).astype(np.float32)


def values(variables):
    """The variables' values, by name; of weights that were not drawn, nothing need be computed."""
    made = {name: expect_array(array, np.shape(array)) for name, array in variables.arrays().items()}
    for name, array in made.items():
        if not name.endswith("bias"):
            assert np.unique(array).size > 0.9 * array.size, f"{name} are not drawn: many are equal"
    return made


@proves("conv_layer")
@points(3)
@few
@given(
    images=arrays(images_of, -3, 3),
    kernel_size=st.integers(1, 5),
    filters=st.integers(1, 3),
    strides=st.integers(1, 3),
    pool_size=st.sampled_from([1, 2]),
    activation=activations,
)
def test_same_convolution(layers, images, kernel_size, filters, strides, pool_size, activation):
    """With SAME padding: convolve, add the bias, pool, activate, as TensorFlow's own functions do."""
    variables = layers.Variables(seed=1)
    arguments = {"strides": strides, "padding": "SAME", "pool_size": pool_size, "activation": activation}
    answer = layers.conv_layer(variables, "c", images, kernel_size, filters, initial_bias=0.25, **arguments)
    layer, kernel = expect_values(answer, 2)
    made = values(variables)
    assert layer == close(
        oracle.conv_layer(images, made["c/kernel"], made["c/bias"], **arguments).numpy(), rtol=1e-4
    )
    assert kernel == same(made["c/kernel"])


@proves("conv_layer")
@few
@given(images=arrays(images_of, -3, 3), kernel_size=st.integers(1, 4), strides=st.integers(1, 2))
def test_valid_convolution(layers, images, kernel_size, strides):
    """With VALID padding no zeros are added, so that the outputs are smaller."""
    variables = layers.Variables(seed=2)
    arguments = {"strides": strides, "padding": "VALID"}
    answer = layers.conv_layer(variables, "c", images, kernel_size, 2, initial_bias=0.0, **arguments)
    layer, _ = expect_values(answer, 2)
    made = values(variables)
    expected = oracle.conv_layer(images, made["c/kernel"], made["c/bias"], **arguments)
    assert layer == close(expected.numpy(), rtol=1e-4)


@proves("conv_layer")
@points(2)
@pytest.mark.parametrize("pooling", ["average", "stride", "max"])
def test_pooling_comes_before_the_activation(layers, pooling):
    """First pool, then activate: with tanh and the mean, the other order gives other numbers."""
    images, variables = some_images(2, 8, 8, 2), layers.Variables(seed=3)
    arguments = {"pool_size": 2, "pooling": pooling, "activation": "tanh"}
    layer, _ = expect_values(layers.conv_layer(variables, "c", 3 * images, 3, 4, **arguments), 2)
    made = values(variables)
    expected = oracle.conv_layer(3 * images, made["c/kernel"], made["c/bias"], **arguments)
    assert layer == close(expected.numpy(), rtol=1e-4)


@proves("fully_connected_layer")
@points(2)
@few
@given(
    inputs=arrays(st.tuples(st.integers(1, 3), st.integers(1, 6)), -3, 3),
    units=st.integers(1, 5),
    activation=activations,
)
def test_fully_connected(layers, inputs, units, activation):
    """A fully connected layer: activation(inputs @ kernel + bias)."""
    variables = layers.Variables(seed=4)
    answer = layers.fully_connected_layer(
        variables, "d", inputs, units, activation=activation, initial_bias=0.5
    )
    layer, kernel = expect_values(answer, 2)
    made = values(variables)
    expected = oracle.fully_connected_layer(inputs, made["d/kernel"], made["d/bias"], activation)
    assert layer == close(expected.numpy(), rtol=1e-4)
    assert kernel == same(made["d/kernel"])


@points(2)
def test_variables_are_made_once(layers):
    """Computed again, a layer has the same variables, and nothing is drawn for it."""
    images = some_images(1, 6, 6, 1)
    once, twice = layers.Variables(seed=5), layers.Variables(seed=5)
    layers.conv_layer(once, "first", images, 3, 2)
    layers.conv_layer(once, "second", images, 3, 2)
    layers.conv_layer(twice, "first", images, 3, 2)
    before = values(twice)
    layers.conv_layer(twice, "first", images, 3, 2)
    assert values(twice) == same(before)
    layers.conv_layer(twice, "second", images, 3, 2)
    assert values(twice) == same(values(once))


def test_layers_have_variables_of_their_own(layers):
    """Two layers of one store begin with different weights, and another seed gives other ones."""
    inputs, first, second = some_images(2, 5), layers.Variables(seed=6), layers.Variables(seed=7)
    for variables in (first, second):
        layers.fully_connected_layer(variables, "a", inputs, 5)
        layers.fully_connected_layer(variables, "b", inputs, 5)
    made, other = values(first), values(second)
    assert not np.array_equal(made["a/kernel"], made["b/kernel"]), "both layers have the same weights"
    assert not np.array_equal(made["a/kernel"], other["a/kernel"]), "both seeds gave the same weights"


def test_names_and_order_of_variables(layers):
    """`<name>/kernel` first, then `<name>/bias`, a number for each filter or unit."""
    variables = layers.Variables(seed=8)
    layers.conv_layer(variables, "c", some_images(1, 5, 7, 3), 3, 4)
    layers.fully_connected_layer(variables, "d", some_images(2, 6), 5)
    shapes = [(name, np.shape(array)) for name, array in variables.arrays().items()]
    assert shapes == same(
        [("c/kernel", (3, 3, 3, 4)), ("c/bias", (4,)), ("d/kernel", (6, 5)), ("d/bias", (5,))]
    )


def test_another_shape_is_refused(layers):
    """A variable's name asked for with another shape is a ValueError that names it and both shapes."""
    variables = layers.Variables()
    variables.constant("logits/bias", (3,), 0.0)
    for size in (4, 2):
        with bad_input("logits/bias", size):
            variables.constant("logits/bias", (size,), 0.0)


@pytest.mark.parametrize(
    ("initializer", "deviation"),
    [("truncated_normal", 0.044), ("large", 1.0), ("small", 0.01), ("he_normal", 0.2)],
)
def test_first_weights(layers, initializer, deviation):
    """The initializer's name says how the weights begin, in both kinds of layer; a bias is as told."""
    variables = layers.Variables(seed=9)
    arguments = {"initializer": initializer, "initial_bias": -1.5}
    layers.conv_layer(variables, "c", some_images(1, 3, 3, 2), 5, 400, **arguments)
    layers.fully_connected_layer(variables, "d", some_images(1, 50), 400, **arguments)
    made = values(variables)
    for name in ("c/kernel", "d/kernel"):
        # 20,000 numbers: their deviation is that of the distribution within less than a hundredth.
        assert abs(made[name].std() / deviation - 1) < 0.05, (
            f"{name} deviate by {made[name].std():.3g}, not by {deviation:g}"
        )
    for name in ("c/bias", "d/bias"):
        assert made[name] == same(np.full(400, -1.5, np.float32))


def test_unknown_names_are_refused(layers):
    """An unknown padding, pooling, activation or initializer is a ValueError that names it."""
    images = some_images(1, 6, 6, 1)
    for argument, value in (
        *(("padding", "FULL"), ("pooling", "median")),
        *(("activation", "bend"), ("initializer", "zero")),
    ):
        with bad_input(argument, value):
            layers.conv_layer(layers.Variables(), "c", images, 3, 2, pool_size=2, **{argument: value})


@points(2)
def test_computes_in_the_dtype_of_the_images(layers):
    """The variables are cast to the dtype of what comes in: float64 images give float64 outputs."""
    variables = layers.Variables()
    images, inputs = some_images(1, 5, 5, 1).astype(np.float64), some_images(2, 3).astype(np.float64)
    layer, _ = expect_values(layers.conv_layer(variables, "c", images, 3, 2), 2)
    assert str(layer.dtype) == same("float64")
    layer, _ = expect_values(layers.fully_connected_layer(variables, "d", inputs, 2), 2)
    assert str(layer.dtype) == same("float64")
    assert {str(array.dtype) for array in values(variables).values()} == {"float32"}


@points(2)
def test_inside_a_graph_of_any_batch_size(layers):
    """Once the variables are there, layers work inside tf.function, with an unknown batch size too."""
    images, inputs, variables = some_images(3, 6, 6, 2), some_images(3, 4), layers.Variables(seed=10)
    eager, _ = expect_values(layers.conv_layer(variables, "c", images, 3, 2, pool_size=2), 2)
    traced = layers.in_graph_any_batch.conv_layer(variables, "c", images, 3, 2, pool_size=2)
    assert expect_values(traced, 2)[0] == close(eager, rtol=1e-4)
    eager, _ = expect_values(layers.fully_connected_layer(variables, "d", inputs, 2), 2)
    traced = layers.in_graph_any_batch.fully_connected_layer(variables, "d", inputs, 2)
    assert expect_values(traced, 2)[0] == close(eager, rtol=1e-4)


# The chain.


def cnn(layers, images, variables):
    """The 5 by 5 CNN, smaller, as a chain."""
    chain = (
        layers.chain(images, variables).conv2d(5, 4, pool_size=2).conv2d(3, 6, name="second").max_pool(2, 2)
    )
    return chain.flatten().fully_connected(7)


@proves(
    "chain.conv2d", "chain.max_pool", "chain.flatten", "chain.fully_connected", "chain.softmax_classifier"
)
@points(3)
def test_a_whole_network(layers):
    """Convolutions, pooling, flatten, dense layers, softmax and loss, link by link."""
    images, labels = some_images(3, 8, 8, 1), np.array([0, 2, 1])
    variables = layers.Variables(seed=11)
    network = cnn(layers, images, variables).with_defaults(initializer="large", initial_bias=-1.0)
    answer = network.softmax_classifier(3, labels)
    predictions, loss = expect_values(answer, 2)
    made = values(variables)
    layer = oracle.conv_layer(images, made["conv1/kernel"], made["conv1/bias"], pool_size=2)
    layer = oracle.conv_layer(layer, made["second/kernel"], made["second/bias"], pool_size=2)
    layer = oracle.fully_connected_layer(
        np.reshape(layer, (3, -1)), made["dense1/kernel"], made["dense1/bias"]
    )
    logits = oracle.fully_connected_layer(layer, made["logits/kernel"], made["logits/bias"], "none")
    assert predictions == close(oracle.softmax(logits), rtol=1e-4)
    assert loss == close(float(oracle.cross_entropy(logits, labels)), rtol=1e-4)


@points(2)
def test_outputs_are_kept_before_the_activation(layers):
    """`outputs` holds what each layer computed before its activation, by name, in order."""
    chain = cnn(layers, some_images(2, 8, 8, 1), layers.Variables(seed=12))
    outputs = chain.outputs
    assert list(outputs) == same(["conv1", "second", "dense1"])
    assert chain.layer == close(np.maximum(outputs["dense1"], 0))
    assert any(np.any(output < 0) for output in outputs.values()), "no output below 0: is ReLU in it already?"


@proves("chain.conv2d")
def test_a_convolution_in_a_chain(layers):
    """`conv2d` is the layer that `conv_layer` computes, with the arguments that it is given."""
    images, variables = some_images(2, 6, 5, 2), layers.Variables(seed=17)
    arguments = {"strides": 2, "padding": "VALID", "activation": "sigmoid"}
    chain = layers.chain(images, variables).conv2d(3, 4, initial_bias=0.0, **arguments)
    made = values(variables)
    expected = oracle.conv_layer(images, made["conv1/kernel"], made["conv1/bias"], **arguments)
    assert chain.layer == close(expected.numpy(), rtol=1e-4)


@proves("chain.fully_connected")
def test_a_dense_layer_in_a_chain(layers):
    """`fully_connected` is the layer that `fully_connected_layer` computes, with the arguments that it is given."""
    inputs, variables = some_images(3, 5), layers.Variables(seed=18)
    chain = layers.chain(inputs, variables).fully_connected(4, activation="tanh", initial_bias=0.0)
    made = values(variables)
    expected = oracle.fully_connected_layer(inputs, made["dense1/kernel"], made["dense1/bias"], "tanh")
    assert chain.layer == close(expected.numpy(), rtol=1e-4)


def test_layers_are_numbered(layers):
    """Without a name, layers are conv1, conv2 ..., dense1, dense2 ..."""
    chain = layers.chain(some_images(1, 4, 4, 1)).conv2d(3, 2).conv2d(3, 2).flatten().fully_connected(3)
    assert list(chain.fully_connected(2).outputs) == same(["conv1", "conv2", "dense1", "dense2"])


def test_a_name_twice_is_refused(layers):
    """A second layer of the same name is a ValueError that names it."""
    chain = layers.chain(some_images(1, 4, 4, 1)).conv2d(3, 2, name="eye")
    with bad_input("name", "eye"):
        chain.conv2d(3, 2, name="eye")


@points(2)
def test_a_chain_is_never_changed(layers):
    """Each method returns a new chain; the one it is called on can be continued in another way."""
    images = some_images(1, 4, 4, 1)
    begin = layers.chain(images, layers.Variables(seed=13))
    trunk = begin.conv2d(3, 2)
    before = trunk.layer
    trunk.with_defaults(activation="tanh").conv2d(3, 5).max_pool(2, 2).flatten().fully_connected(2)
    assert begin.layer == close(images)
    assert trunk.layer == same(before)
    assert list(trunk.outputs) == same(["conv1"])
    assert trunk.defaults == same({})


@proves("chain.with_defaults", "chain.conv2d")
@points(2)
def test_default_arguments(layers):
    """Defaults hold for all layers to come; later ones are added to them; a layer's own argument wins."""
    begin = layers.chain(some_images(2, 6, 6, 1), layers.Variables(seed=14))
    chain = begin.with_defaults(activation="tanh", initial_bias=2.0).with_defaults(pooling="average")
    assert chain.defaults == same({"activation": "tanh", "initial_bias": 2.0, "pooling": "average"})
    longer = chain.conv2d(3, 2, pool_size=2)
    assert longer.layer == close(np.tanh(longer.outputs["conv1"]), rtol=1e-4)
    made = values(chain.variables)
    assert made["conv1/bias"] == same(np.full(2, 2.0, np.float32))
    images = some_images(2, 6, 6, 1)
    arguments = {"pool_size": 2, "pooling": "average", "activation": "tanh"}
    expected = oracle.conv_layer(images, made["conv1/kernel"], made["conv1/bias"], **arguments)
    assert longer.layer == close(expected.numpy(), rtol=1e-4)
    dense = longer.flatten().fully_connected(3, activation="sigmoid", initial_bias=-1.0)
    assert dense.layer == close(1 / (1 + np.exp(-dense.outputs["dense1"])), rtol=1e-4)
    assert values(chain.variables)["dense1/bias"] == same(np.full(3, -1.0, np.float32))


def test_the_last_layers_initializer(layers):
    """`last_initializer` is for dense layers without an activation, unless the layer says another one."""
    inputs, variables = some_images(1, 200), layers.Variables(seed=15)
    chain = layers.chain(inputs, variables).with_defaults(initializer="small", last_initializer="large")
    chain = chain.fully_connected(200).fully_connected(200, name="last", activation="none")
    chain.fully_connected(200, name="own", activation="none", initializer="small")
    deviations = {name: array.std() for name, array in values(variables).items() if "kernel" in name}
    for name, expected in (("dense1", 0.01), ("last", 1.0), ("own", 0.01)):
        deviation = deviations[f"{name}/kernel"]
        assert abs(deviation / expected - 1) < 0.1, f"{name} begins with {deviation:.3g}, not {expected:g}"


def test_an_unknown_default_is_refused(layers):
    """A default argument that there is not is a ValueError that names it."""
    with bad_input("colour"):
        layers.chain(some_images(1, 4)).with_defaults(colour="red")


@proves("chain.max_pool")
@few
@given(images=arrays(images_of), pool_size=st.integers(1, 3), strides=st.integers(1, 3))
def test_max_pool(layers, images, pool_size, strides):
    """Max-pooling as a layer of a chain, for any window and strides."""
    assert layers.chain(images).max_pool(pool_size, strides).layer == close(
        oracle.max_pool(images, pool_size, strides)
    )


@proves("chain.flatten")
def test_flatten(layers):
    """A row for each image, and how many numbers it has in `features`."""
    images = some_images(2, 3, 4, 5)
    chain = layers.chain(images).flatten()
    assert chain.layer == close(images.reshape(2, 60))
    assert chain.features == same(60)


@proves("chain.kernel")
@points(2)
def test_kernels_by_name(layers):
    """`kernel` gives that of a convolution or of a dense layer; else KeyError."""
    variables = layers.Variables(seed=16)
    chain = cnn(layers, some_images(1, 8, 8, 1), variables)
    made = values(variables)
    assert chain.kernel("second") == same(made["second/kernel"])
    assert chain.kernel("dense1") == same(made["dense1/kernel"])
    with bad_input("third", error=KeyError):
        chain.kernel("third")
