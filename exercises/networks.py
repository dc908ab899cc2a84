"""Networks: five of them, from a single layer to VGG, each a chain of your layers.

They are the nets of this course in the order in which they were found to be better:

* `linear`: every pixel is weighed for every class. About as good as matching templates;
* `dense`: layers with activation functions between them learn features, but know nothing of images;
* `small_vgg`: two blocks of convolutional layers as VGG has them: the same feature wherever it appears;
* `cnn`: two layers of larger filters, pooled early, and a hidden dense layer: small, quick, and good;
* `vgg`: nothing but 3 by 3 filters, many layers deep. Two 3 by 3 layers see as far as one of 5 by 5, with
  fewer weights and one more activation function.

A network here is a function from a chain of images to a chain of logits. Nothing else is in it: how weights
begin, which activation is used, whether anything is dropped, stand in the chain's default arguments, so that
each can be changed without touching a network.

Picture: docs/pictures/networks.svg
Sources: https://arxiv.org/abs/1409.1556 for VGG, http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf for the
shape that all convolutional networks share
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from jaxtyping import Float
from layers import Chain, Variables, chain

Tensor = Any


def linear(images: Chain, classes: int = 10) -> Chain:
    """Return the chain of a network of one layer: flatten, then `classes` logits.

    Args:
        images: a chain that begins with images, `batch height width channels`.
        classes: how many logits.

    Returns:
        A chain whose `layer` holds the logits, `batch classes`. Its one layer is named "logits" and has no
        activation: the softmax belongs to the loss.

    >>> network = linear(chain(tf.zeros((1, 28, 28, 1))))
    >>> tuple(network.layer.shape), tuple(network.kernel("logits").shape)
    ((1, 10), (784, 10))
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def dense(images: Chain, classes: int = 10, units: tuple[int, ...] = (500, 500)) -> Chain:
    """Return the chain of a network of fully connected layers.

        28 x 28 x 1 -> 784 -> 500 -> 500 -> 10 logits

    Args:
        images: a chain that begins with images.
        classes: how many logits.
        units: of each hidden layer. They are named by number, `dense1`, `dense2` ..., and have the activation
            of the chain's default arguments.

    Returns:
        A chain whose `layer` holds the logits; the last layer is named "logits" and has no activation.

    >>> network = dense(chain(tf.zeros((1, 28, 28, 1))))
    >>> [tuple(network.kernel(name).shape) for name in network.outputs]
    [(784, 500), (500, 500), (500, 10)]
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def small_vgg(
    images: Chain, classes: int = 10, kernel_size: int = 3, filters: tuple[int, ...] = (64, 128)
) -> Chain:
    """Return the chain of two blocks as VGG has them: two convolutional layers, then pooling. No hidden dense layer.

        28 x 28 x 1 -> conv 64 -> conv 64 -> pool -> 14 x 14 x 64 -> conv 128 -> conv 128 -> pool
        -> 7 x 7 x 128 -> 6272 -> 10 logits

    Args:
        images: a chain that begins with images.
        classes: how many logits.
        kernel_size: of all filters.
        filters: of each pair of layers. The second of a pair pools by 2 (its argument `pool_size`). They are named
            by number: `conv1` ... `conv4`.

    Returns:
        A chain whose `layer` holds the logits; the last layer is named "logits" and has no activation.

    >>> network = small_vgg(chain(tf.zeros((1, 28, 28, 1))))
    >>> list(network.outputs), network.features
    (['conv1', 'conv2', 'conv3', 'conv4', 'logits'], 6272)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def cnn(
    images: Chain,
    classes: int = 10,
    kernel_size: int = 5,
    filters: tuple[int, ...] = (16, 36),
    units: int = 128,
) -> Chain:
    """Return the chain of the 5 by 5 CNN.

        28 x 28 x 1 -> conv 5 x 5 x 16, pool -> 14 x 14 x 16 -> conv 5 x 5 x 36, pool -> 7 x 7 x 36
        -> 1764 -> dense 128 -> 10 logits

    Args:
        images: a chain that begins with images.
        classes: how many logits.
        kernel_size: of all filters.
        filters: of each convolutional layer. Each pools by 2 and has an activation after that.
        units: of the dense layer, with an activation. After it comes `dropout()`, which does nothing unless
            the chain's defaults ask for it.

    Returns:
        A chain whose `layer` holds the logits. Layers: `conv1`, `conv2` ..., `dense1`, `logits`, the last one
        without an activation.

    >>> network = cnn(chain(tf.zeros((1, 28, 28, 1))))
    >>> list(network.outputs), network.features
    (['conv1', 'conv2', 'dense1', 'logits'], 1764)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def vgg(
    images: Chain,
    classes: int = 10,
    filters: tuple[int, ...] = (64, 128, 256, 512),
    repeats: tuple[int, ...] = (2, 2, 3, 3),
    units: int = 4096,
) -> Chain:
    """Return the chain of a VGG for small images.

        28 x 28 x 1, padded to 32 x 32 x 1 -> 2 x conv 64, pool -> 16 x 16 -> 2 x conv 128, pool -> 8 x 8
        -> 3 x conv 256, pool -> 4 x 4 -> 3 x conv 512, pool -> 2 x 2 x 512 -> 2048 -> dense 4096 -> 10 logits

    Four times an image is halved, and 28 cannot be: so the images are padded to 32 by 32 first, `pad_to` of
    the chain. The convolutional layers of a block all have the same number of filters; the last of each pools by 2.

    Args:
        images: a chain that begins with images of at most 32 by 32 pixels.
        classes: how many logits.
        filters: of the layers of each block. All filters are 3 by 3.
        repeats: how many layers each block has.
        units: of the dense layer, with an activation and `dropout()` after it.

    Returns:
        A chain whose `layer` holds the logits. Layers: `conv1` ... `conv10`, `dense1`, `logits`, the last one
        without an activation.

    >>> network = vgg(chain(tf.zeros((1, 28, 28, 1))), filters=(4, 8, 16, 32), units=64)
    >>> network.features, tuple(network.kernel("conv10").shape)
    (128, (3, 3, 32, 32))
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# Given: the networks by name.
NETWORKS: dict[str, Callable[..., Chain]] = {
    "linear": linear,
    "dense": dense,
    "small_vgg": small_vgg,
    "cnn": cnn,
    "vgg": vgg,
}


class Network:
    """Given: one of the networks, with variables of its own, which computes logits of images.

    Args:
        kind: a name in `NETWORKS`.
        seed: of the first weights.
        image_shape: (height, width, channels) of the images.
        precision: the dtype to compute in, "float32" or "bfloat16". Variables and logits are float32.
        structure: arguments of the network's function other than `images`, such as `filters`.
        defaults: default arguments of its layers, such as `activation` (see `Chain.with_defaults`).

    Raises:
        ValueError: for a kind or a default argument that there is not; the message names it.
    """

    def __init__(
        self,
        kind: str,
        seed: int = 0,
        image_shape: tuple[int, ...] = (28, 28, 1),
        precision: str = "float32",
        structure: dict[str, Any] | None = None,
        defaults: dict[str, Any] | None = None,
    ):
        if kind not in NETWORKS:
            raise ValueError(f"kind must be one of {', '.join(NETWORKS)}, not {kind!r}")
        self.kind = kind
        self.image_shape = tuple(image_shape)
        self.variables = Variables(seed)
        self._precision = tf.as_dtype(precision)
        self._structure = dict(structure or {})
        self._defaults = dict(defaults or {})
        # Layers make their variables when they are first computed; afterwards that can be inside tf.function.
        self.chain(np.zeros((1, *image_shape), np.float32))

    def chain(
        self, images: Float[Tensor, "batch height width channels"], dropout_seed: Tensor | None = None
    ) -> Chain:
        """Return the chain of all layers; its `layer` holds the logits, its `outputs` those of each layer."""
        begin = chain(tf.cast(images, self._precision), self.variables).with_defaults(**self._defaults)
        return NETWORKS[self.kind](begin.with_dropout_seed(dropout_seed), **self._structure)

    def logits(
        self, images: Float[Tensor, "batch height width channels"], dropout_seed: Tensor | None = None
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits of each image, in float32.

        Args:
            images: float32, 0 to 1.
            dropout_seed: two whole numbers while the network is trained, other ones for each batch.
        """
        return tf.cast(self.chain(images, dropout_seed).layer, tf.float32)
