"""The public suite of `networks`: the layers of each one, and what comes out."""

import numpy as np
import pytest

from autograder import points, same

DIGIT = np.zeros((1, 28, 28, 1), np.float32)


@points(2)
@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("linear", ["logits"]),
        ("dense", ["dense1", "dense2", "logits"]),
        ("convnet", ["conv1", "conv2", "conv3", "conv4", "logits"]),
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
    """What is left to flatten: 7 * 7 * 128 = 6272 in the convnet, 7 * 7 * 36 = 1764 in the CNN."""
    assert networks.convnet(layers.chain(DIGIT)).features == same(6272)
    assert networks.cnn(layers.chain(DIGIT)).features == same(1764)


@points(2)
def test_vgg(layers, networks):
    """Ten convolutional layers; 32 x 32 is halved four times: 2 * 2 * 8 = 32 numbers of the last eight."""
    chain = networks.vgg(layers.chain(DIGIT), filters=(2, 2, 4, 8), units=5)
    assert list(chain.outputs) == same([*(f"conv{n}" for n in range(1, 11)), "dense1", "logits"])
    assert chain.features == same(32)


def test_logits_have_no_activation(layers, networks):
    """Logits may be below 0: with all biases at -1 and an image of zeros, they are -1."""
    chain = networks.linear(layers.chain(DIGIT).with_defaults(initial_bias=-1.0))
    assert list(chain.layer[0]) == same([-1.0] * 10)
