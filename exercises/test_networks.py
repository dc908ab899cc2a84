"""The public suite of `networks`: the layers of each one, and what comes out."""

import numpy as np
import pytest

from autograder import close, points, same

DIGIT = np.zeros((1, 28, 28, 1), np.float32)


@points(2)
@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("linear", ["logits"]),
        ("dense", ["dense1", "dense2", "logits"]),
        ("small_vgg", ["conv1", "conv2", "conv3", "conv4", "logits"]),
        ("cnn", ["conv1", "conv2", "dense1", "logits"]),
    ],
    ids=["one", "three", "five", "four"],
)
def test_what_it_is_made_of(layers, networks, name, names):
    """Its parts are those of the drawing in the docstring, by name, and ten logits come out."""
    chain = getattr(networks, name)(layers.chain(DIGIT))
    assert list(chain.outputs) == same(names)
    assert np.shape(chain.layer) == same((1, 10))


def test_features(layers, networks):
    """What is left to flatten: 7 * 7 * 128 = 6272 in `small_vgg`, 7 * 7 * 36 = 1764 in the CNN."""
    assert networks.small_vgg(layers.chain(DIGIT)).features == same(6272)
    assert networks.cnn(layers.chain(DIGIT)).features == same(1764)


@points(2)
def test_vgg(layers, networks):
    """Ten convolutional layers; 32 x 32 is halved four times: 2 * 2 * 8 = 32 numbers of the last eight."""
    chain = networks.vgg(layers.chain(DIGIT), filters=(2, 2, 4, 8), units=5)
    assert list(chain.outputs) == same([*(f"conv{n}" for n in range(1, 11)), "dense1", "logits"])
    assert chain.features == same(32)


def test_where_it_pools(layers, networks):
    """The second layer of each pair pools; VGG pads 28 to 32 first, and pools once a block."""
    chain = networks.small_vgg(layers.chain(DIGIT), filters=(2, 3))
    heights = [np.shape(output)[1] for name, output in chain.outputs.items() if name != "logits"]
    assert heights == same([28, 14, 14, 7])
    chain = networks.vgg(layers.chain(DIGIT), filters=(2, 2, 2, 2), units=5)
    heights = [np.shape(output)[1] for name, output in chain.outputs.items() if name.startswith("conv")]
    assert heights == same([32, 16, 16, 8, 8, 8, 4, 4, 4, 2])


@pytest.mark.parametrize(
    ("name", "structure", "kernels"),
    [
        ("linear", {}, {"logits": (784, 3)}),
        ("dense", {"units": (4, 5)}, {"dense2": (4, 5), "logits": (5, 3)}),
        ("small_vgg", {"kernel_size": 5, "filters": (2, 4)}, {"conv4": (5, 5, 4, 4), "logits": (196, 3)}),
        (
            "cnn",
            {"kernel_size": 3, "filters": (2, 4, 5), "units": 6},
            {"conv3": (3, 3, 4, 5), "logits": (6, 3)},
        ),
        (
            "vgg",
            {"filters": (2, 3), "repeats": (1, 2), "units": 6},
            {"conv3": (3, 3, 3, 3), "logits": (6, 3)},
        ),
    ],
    ids=["linear", "hidden", "small_vgg", "cnn", "vgg"],
)
def test_arguments_say_how_large_it_is(layers, networks, name, structure, kernels):
    """Classes, filters, units and kernel size are arguments; there may be more filters or units than usual."""
    chain = getattr(networks, name)(layers.chain(DIGIT), classes=3, **structure)
    assert {layer: np.shape(chain.kernel(layer)) for layer in kernels} == same(kernels)


def test_the_defaults_of_the_chain_hold(layers, networks):
    """Activation and pooling are those of the chain's default arguments: here tanh, and the mean of a window."""
    image = np.array([1.0, 2.0, 3.0, 10.0], np.float32).reshape(1, 2, 2, 1)
    defaults = {"activation": "tanh", "pooling": "average", "initial_bias": 0.5}
    chain = networks.dense(layers.chain(image).with_defaults(**defaults), classes=2, units=(3,))
    hidden = np.tanh(np.array(chain.outputs["dense1"]))
    assert chain.layer == close(hidden @ np.array(chain.kernel("logits")) + 0.5, rtol=1e-3)
    begin = layers.chain(image).with_defaults(**defaults)
    chain = networks.small_vgg(begin, classes=2, kernel_size=1, filters=(1,))
    seen = np.tanh(np.array(chain.outputs["conv1"])) * np.array(chain.kernel("conv2")).item() + 0.5
    assert chain.outputs["conv2"] == close(np.reshape(seen.mean(), (1, 1, 1, 1)), rtol=1e-3)


@pytest.mark.parametrize("name", ["cnn", "vgg"])
def test_what_is_dropped(layers, networks, name):
    """In training, some outputs of the hidden dense layer are dropped, after its activation."""
    begin = layers.chain(np.ones((2, 4, 4, 1), np.float32)).with_defaults(
        dropout=0.5, initializer="he_normal"
    )
    structure = {"cnn": {"filters": (2,)}, "vgg": {"filters": (2,), "repeats": (1,)}}[name]
    begin = begin.with_dropout_seed(np.array([1, 2]))
    chain = getattr(networks, name)(begin, classes=3, units=20, **structure)
    kept = layers.dropped(np.maximum(chain.outputs["dense1"], 0), 0.5, np.array([1, 2]))
    assert chain.layer == close(np.array(kept) @ np.array(chain.kernel("logits")) + 0.05, rtol=1e-3)


def test_logits_have_no_activation(layers, networks):
    """Logits may be below 0: with all biases at -1 and an image of zeros, they are -1."""
    chain = networks.linear(layers.chain(DIGIT).with_defaults(initial_bias=-1.0))
    assert list(chain.layer[0]) == same([-1.0] * 10)
