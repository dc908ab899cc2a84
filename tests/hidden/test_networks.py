"""The hidden suite of `networks`."""

import numpy as np
import pytest

from autograder import close, expect_array, points, proves, same
from tests.oracles import networks as oracle

NAMES = {
    "linear": ["logits"],
    "dense": ["dense1", "dense2", "logits"],
    "small_vgg": ["conv1", "conv2", "conv3", "conv4", "logits"],
    "cnn": ["conv1", "conv2", "dense1", "logits"],
    "vgg": [*(f"conv{number}" for number in range(1, 11)), "dense1", "logits"],
}
# Four blocks of layers, the last of each with pooling.
VGG_POOLS = [1, 2, 1, 2, 1, 1, 2, 1, 1, 2]
SMALL_VGG = {"filters": (2, 3, 4, 5), "units": 6}


def some_images(*shape):
    return np.random.default_rng(6).uniform(0, 1, shape).astype(np.float32)


def computed(layers, networks, name, images, structure=None, seed=None, **defaults):
    """The logits of a network, and the values of its variables."""
    variables = layers.Variables(seed=21)
    begin = layers.chain(images, variables).with_defaults(
        initializer="he_normal", initial_bias=0.1, **defaults
    )
    if seed is not None:
        begin = begin.with_dropout_seed(seed)
    chain = getattr(networks, name)(begin, **(structure or {}))
    assert list(chain.outputs) == same(NAMES[name])
    made = {key: expect_array(array, np.shape(array)) for key, array in variables.arrays().items()}
    for key, array in made.items():
        if not key.endswith("bias"):
            assert np.unique(array).size > 0.9 * array.size, f"{key} are not drawn: many are equal"
    return chain.layer, made


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("linear", {"logits": (784, 10)}),
        ("dense", {"dense1": (784, 500), "dense2": (500, 500), "logits": (500, 10)}),
        ("small_vgg", {"conv2": (3, 3, 64, 64), "conv4": (3, 3, 128, 128), "logits": (6272, 10)}),
        ("cnn", {"conv1": (5, 5, 1, 16), "conv2": (5, 5, 16, 36), "dense1": (1764, 128)}),
    ],
)
@points(2)
def test_layers_and_their_sizes(layers, networks, name, shapes):
    """As they are drawn in the docstring: which layers, how deep, how wide, 10 logits."""
    chain = getattr(networks, name)(layers.chain(some_images(1, 28, 28, 1)))
    assert list(chain.outputs) == same(NAMES[name])
    assert {layer: np.shape(chain.kernel(layer)) for layer in shapes} == same(shapes)
    expect_array(chain.layer, (1, 10))


@points(2)
def test_vgg(layers, networks):
    """28 x 28 is padded to 32 x 32 and halved by each block, so that 2 x 2 x the last depth is left."""
    chain = networks.vgg(layers.chain(some_images(1, 28, 28, 1)), filters=(3, 4, 5, 6), units=7)
    assert list(chain.outputs) == same(NAMES["vgg"])
    shapes = {"conv1": (3, 3, 1, 3), "conv5": (3, 3, 4, 5), "dense1": (24, 7), "logits": (7, 10)}
    assert {layer: np.shape(chain.kernel(layer)) for layer in shapes} == same(shapes)
    expect_array(chain.layer, (1, 10))
    assert chain.features == same(2 * 2 * 6)
    heights = [np.shape(chain.outputs[f"conv{number}"])[1] for number in range(1, 11)]
    assert heights == same([32, 16, 16, 8, 8, 8, 4, 4, 4, 2])


@proves("linear")
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_linear(layers, networks, activation):
    """Flatten, then logits without an activation."""
    images = some_images(3, 4, 5, 2)
    logits, made = computed(layers, networks, "linear", images, activation=activation)
    assert logits == close(oracle.linear(images, made), rtol=1e-4)


@proves("dense")
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_dense(layers, networks, activation):
    """Flatten, hidden layers with the activation of the defaults, logits without one."""
    images, structure = some_images(3, 4, 5, 2), {"units": (6, 7)}
    logits, made = computed(layers, networks, "dense", images, structure, activation=activation)
    assert logits == close(oracle.dense(images, made, 2, activation), rtol=1e-4)


every_pooling = pytest.mark.parametrize(
    ("activation", "pooling"), [("relu", "max"), ("sigmoid", "average"), ("tanh", "stride")]
)


@proves("small_vgg")
@every_pooling
def test_small_vgg(layers, networks, activation, pooling):
    """It pools after every second layer; activation and pooling are those of the chain's defaults."""
    images, defaults = some_images(2, 12, 8, 1), {"activation": activation, "pooling": pooling}
    logits, made = computed(layers, networks, "small_vgg", images, {"filters": (3, 4)}, **defaults)
    expected = oracle.convolutional(images, made, [1, 2, 1, 2], hidden=False, **defaults)
    assert logits == close(expected, rtol=1e-3)


@proves("cnn")
@every_pooling
def test_cnn(layers, networks, activation, pooling):
    """It pools after every layer; activation and pooling are those of the chain's defaults."""
    images, defaults = some_images(2, 12, 8, 1), {"activation": activation, "pooling": pooling}
    logits, made = computed(layers, networks, "cnn", images, {"filters": (3, 4), "units": 5}, **defaults)
    expected = oracle.convolutional(images, made, [2, 2], hidden=True, **defaults)
    assert logits == close(expected, rtol=1e-3)


@proves("vgg")
@every_pooling
def test_vgg_computes(layers, networks, activation, pooling):
    """It pools after every block; activation and pooling are those of the chain's defaults."""
    images, defaults = some_images(2, 12, 8, 1), {"activation": activation, "pooling": pooling}
    logits, made = computed(layers, networks, "vgg", images, SMALL_VGG, **defaults)
    padded = np.pad(images, [(0, 0), (10, 10), (12, 12), (0, 0)])
    expected = oracle.convolutional(padded, made, VGG_POOLS, hidden=True, **defaults)
    assert logits == close(expected, rtol=1e-3)


@points(2)
@pytest.mark.parametrize("name", [pytest.param(name, marks=proves(name)) for name in ("cnn", "vgg")])
def test_dropout(layers, networks, name):
    """In training, a share of the hidden layer's outputs is dropped, after its activation."""
    images, seed = some_images(4, 16, 16, 1), np.array([3, 4])
    structure = {**SMALL_VGG, "units": 40} if name == "vgg" else {"filters": (2, 3), "units": 40}
    pools = VGG_POOLS if name == "vgg" else [2, 2]
    seen = np.pad(images, [(0, 0), (8, 8), (8, 8), (0, 0)]) if name == "vgg" else images
    logits, made = computed(layers, networks, name, images, structure, seed=seed, dropout=0.5)
    expected = oracle.convolutional(seen, made, pools, hidden=True, dropout=(0.5, seed))
    assert logits == close(expected, rtol=1e-3)
    logits, made = computed(layers, networks, name, images, structure, dropout=0.5)
    assert logits == close(oracle.convolutional(seen, made, pools, hidden=True), rtol=1e-3)


@pytest.mark.parametrize(
    ("name", "structure", "layer", "shape"),
    [
        ("linear", {}, "logits", (256, 3)),
        ("dense", {"units": (20,)}, "dense1", (256, 20)),
        ("small_vgg", {"kernel_size": 5, "filters": (4, 6, 8)}, "conv6", (5, 5, 8, 8)),
        ("cnn", {"kernel_size": 3, "filters": (4, 6, 8)}, "conv3", (3, 3, 6, 8)),
        ("cnn", {"units": 20}, "dense1", (16 * 36, 20)),
        ("vgg", {"filters": (2, 2), "repeats": (1, 3), "units": 9}, "conv4", (3, 3, 2, 2)),
    ],
)
def test_other_structures(layers, networks, name, structure, layer, shape):
    """Kernel size, filters, units and number of classes are arguments; as many blocks as `filters` has numbers."""
    begin = layers.chain(some_images(1, 16, 16, 1))
    chain = getattr(networks, name)(begin, classes=3, **structure)
    assert np.shape(chain.kernel(layer)) == same(shape)
    expect_array(chain.layer, (1, 3))


def test_the_chain_that_goes_in_stays(layers, networks):
    """A network does not set default arguments of its own: those it is given are those at the end."""
    for name in ("linear", "dense", "small_vgg", "cnn"):
        begin = layers.chain(some_images(1, 8, 8, 1)).with_defaults(activation="tanh")
        assert getattr(networks, name)(begin).defaults == same({"activation": "tanh"})


def test_a_network_by_its_name(networks):
    """`Network` finds every net by name, keeps its variables and computes the same logits again."""
    images = some_images(2, 8, 8, 1)
    for kind, structure in [("linear", {}), ("dense", {"units": (4,)}), ("cnn", {"filters": (2, 2)})]:
        network = networks.Network(kind, 1, (8, 8, 1), structure=structure)
        logits = expect_array(network.logits(images), (2, 10))
        assert network.logits(images) == same(logits)
    assert len(network.variables.arrays()) == 8
