"""Training by hand: all that you have written so far, put together, learns to read digits. No TensorFlow.

The network has blocks of convolution, pooling and ReLU, then two dense layers:

    images -> [conv 5 x 5, SAME -> max pool 2 x 2 -> ReLU] once or more
           -> flatten -> dense -> ReLU -> dense -> logits

Pooling comes before ReLU because the two can change places, `relu(max_pool(x)) == max_pool(relu(x))`, and three
quarters of the ReLUs are saved.

One *step* of training walks forward through it, from the images to the loss, then back, from the loss to the gradient
of each weight, and then moves every weight a little. What the way back needs, the way forward must keep: what each
layer was given. TensorFlow keeps it on a *tape*; here you keep it yourself.

The loop around the steps draws the batches, looks now and then how well the network does on images that it does not
learn from, keeps the best weights, stops when they have not improved for a while, and in the end puts the
best back: the result is not the last network but the best one.

Nothing here is new but the order of things. If something earlier is wrong, it shows: a gradient with the wrong sign
climbs, and an average where the largest pixel was asked for does not fit its gradient.

Picture: docs/pictures/numpy_cnn.svg
Sources: https://www.deeplearningbook.org/contents/mlp.html (6.5.6), and regularization.html (7.8) for early stopping
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from backpropagation import (
    conv2d_gradients,
    dense_gradients,
    max_pool_gradient,
    relu_gradient,
    softmax_cross_entropy_gradient,
)
from batching import endless_batches, predict_in_batches, take
from checkpoints import keep_best, restore_into
from classification import accuracy, cross_entropy, one_hot, predicted_class, softmax
from convolution import conv2d
from dense import dense, relu
from early_stopping import EarlyStopping
from flatten import flatten, unflatten
from initializers import glorot_uniform, he_normal
from jaxtyping import Float, Int
from optimizers import adam_state, adam_step
from padding import crop_or_pad, pad_images, same_padding
from pooling import max_pool
from shapes import trace

# By name, in the order of the layers: "conv1/kernel", "conv1/bias", ..., "logits/kernel", "logits/bias".
Weights = dict[str, Float[np.ndarray, "..."]]


def initial_weights(
    image_shape: tuple[int, int, int],
    classes: int = 10,
    seed: int = 0,
    filters: tuple[int, ...] = (8, 16),
    units: int = 64,
) -> Weights:
    """Given: return the weights that a network begins with.

    Your `trace` tells how many features come out of the blocks, your initializers draw the kernels.

    Args:
        image_shape: (height, width, channels). Each block halves height and width, so they must be even each time.
        classes: how many logits.
        seed: of the random numbers.
        filters: of the convolution of each block.
        units: of the dense layer in the middle.

    Returns:
        The kernels and biases of `conv1`, `conv2` ..., `dense` and `logits`.

    >>> [name for name in initial_weights((8, 8, 1)) if "kernel" in name]
    ['conv1/kernel', 'conv2/kernel', 'dense/kernel', 'logits/kernel']
    """
    rng = np.random.default_rng(seed)
    blocks = [layer for count in filters for layer in (("conv", 5, count), ("pool", 2))]
    _, (features,), _ = trace([*blocks, ("flatten",)], image_shape)[-1]
    channels = (image_shape[-1], *filters)
    shapes: dict[str, tuple[int, ...]] = {
        f"conv{number}": (5, 5, *channels[number - 1 : number + 1]) for number in range(1, len(channels))
    }
    shapes |= {"dense": (features, units), "logits": (units, classes)}
    weights = {}
    for name, shape in shapes.items():
        draw = glorot_uniform if name == "logits" else he_normal
        weights[f"{name}/kernel"] = draw(shape, rng)
        weights[f"{name}/bias"] = np.zeros(shape[-1], np.float32)
    return weights


def block(
    images: Float[np.ndarray, "batch height width in_channels"],
    kernel: Float[np.ndarray, "kernel_height kernel_width in_channels filters"],
    bias: Float[np.ndarray, " filters"],
) -> tuple[Float[np.ndarray, "batch half_height half_width filters"], tuple[Any, ...]]:
    """Return what a block makes of images, and what its way back needs.

        outputs = relu(max_pool(conv2d(padded images, kernel, bias)))

    The convolution has stride 1 and SAME padding: your `same_padding` says how much, your `pad_images` does it. Your
    `max_pool` has windows of 2 by 2, strides 2 and no padding.

    Args:
        images: height and width are even.
        kernel: weights.
        bias: one number for each filter.

    Returns:
        `(outputs, kept)`. What is kept is up to you: only your `block_gradients` reads it.

    >>> outputs, kept = block(np.ones((1, 4, 4, 1)), np.ones((1, 1, 1, 2)), np.array([1.0, -2.0]))
    >>> outputs[0, :, :, 0], outputs[0, :, :, 1]
    (array([[2., 2.],
           [2., 2.]]), array([[0., 0.],
           [0., 0.]]))
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def block_gradients(
    kernel: Float[np.ndarray, "kernel_height kernel_width in_channels filters"],
    kept: tuple[Any, ...],
    gradient: Float[np.ndarray, "batch half_height half_width filters"],
) -> tuple[
    Float[np.ndarray, "batch height width in_channels"],
    Float[np.ndarray, "kernel_height kernel_width in_channels filters"],
    Float[np.ndarray, " filters"],
]:
    """Return the gradients of a block: what `block` does, from the end to the beginning.

    The gradient of a padded zero is of no use: cut the padding off. Your `crop_or_pad` takes away
    just the pixels that SAME padding adds.

    Args:
        kernel: that of `block`.
        kept: what `block` kept.
        gradient: of the loss with respect to the outputs of the block.

    Returns:
        `(images_gradient, kernel_gradient, bias_gradient)`.

    >>> kernel = np.full((1, 1, 1, 1), 3.0)
    >>> _, kept = block(np.array([[1.0, 2.0], [0.0, 0.0]]).reshape(1, 2, 2, 1), kernel, np.zeros(1))
    >>> images_gradient, kernel_gradient, _ = block_gradients(kernel, kept, np.full((1, 1, 1, 1), 10.0))
    >>> images_gradient[0, :, :, 0], kernel_gradient.item()  # the largest pixel, 2, gets 3 * 10; its weight 2 * 10
    (array([[ 0., 30.],
           [ 0.,  0.]]), 20.0)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def forward(
    weights: Weights, images: Float[np.ndarray, "batch height width channels"]
) -> tuple[Float[np.ndarray, "batch classes"], list[Any]]:
    """Return the logits of images, and what the way back needs of each layer.

    The blocks `conv1`, `conv2` ... one after the other, as many as `weights` has; then your `flatten`, your
    `dense` with the weights of `dense`, your `relu`, and your `dense` with those of `logits`. No softmax: it
    belongs to the loss.

    Returns:
        `(logits, kept)`. What is kept is up to you: only your `backward` reads it.

    >>> logits, kept = forward(initial_weights((8, 8, 1)), np.zeros((3, 8, 8, 1), np.float32))
    >>> logits.shape
    (3, 10)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def block_names(weights: Weights) -> list[str]:
    """Given: return the names of the blocks, in order.

    >>> block_names(initial_weights((8, 8, 1)))
    ['conv1', 'conv2']
    """
    names = dict.fromkeys(name.partition("/")[0] for name in weights)
    return [name for name in names if name.startswith("conv")]


def backward(weights: Weights, kept: list[Any], gradient: Float[np.ndarray, "batch classes"]) -> Weights:
    """Return the gradient of the loss with respect to each of the weights: `forward` from the end to the beginning.

    Args:
        weights: those of `forward`.
        kept: what `forward` kept.
        gradient: of the loss with respect to the logits.

    Returns:
        By the names of the weights, each in the shape of the weights.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def loss_and_gradients(
    weights: Weights,
    images: Float[np.ndarray, "batch height width channels"],
    labels: Int[np.ndarray, " batch"],
) -> tuple[float, Weights]:
    """Return the loss of a batch, and its gradient with respect to each of the weights.

    The loss is your `cross_entropy` of the logits. The gradient begins with your `softmax_cross_entropy_gradient`,
    which takes your `softmax` of the logits and your `one_hot` of the labels.

    >>> weights = initial_weights((4, 4, 1), filters=(2,), units=3)
    >>> loss, gradients = loss_and_gradients(weights, np.zeros((5, 4, 4, 1), np.float32), np.arange(5))
    >>> round(float(loss), 4), list(gradients) == list(weights)  # black images: all ten classes alike, ln 10
    (2.3026, True)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


@dataclass
class History:
    """Given: what happened in a training so far.

    Attributes:
        losses: of each iteration, in order.
        validations: (iteration, accuracy on the validation images), in order.
        stopped: whether training ended because it no longer improved.
    """

    losses: list[float] = field(default_factory=list)
    validations: list[tuple[int, float]] = field(default_factory=list)
    stopped: bool = False


class Training:
    """A network that is being trained.

    Attributes:
        weights: by name.
        states: Adam's state of each of the weights, by the same name.
        learning_rate: of Adam.
        history: what happened so far.
    """

    def __init__(self, weights: Weights, learning_rate: float = 1e-3):
        """Given: begin a training with these weights."""
        self.weights = weights
        self.states = {name: adam_state(array) for name, array in weights.items()}
        self.learning_rate = learning_rate
        self.history = History()

    def step(
        self, images: Float[np.ndarray, "batch height width channels"], labels: Int[np.ndarray, " batch"]
    ) -> float:
        """Learn from a batch: move each of the weights by a step of your `adam_step`; return the loss before that.

        Put the new weights and the new states in the place of the old ones, under the same names.
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def predict(
        self, images: Float[np.ndarray, "size height width channels"], batch_size: int = 256
    ) -> Int[np.ndarray, " size"]:
        """Return the class that the network finds most likely for each image.

        Your `predict_in_batches` bounds the memory, your `predicted_class` picks the class.
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def accuracy(
        self, images: Float[np.ndarray, "size height width channels"], labels: Int[np.ndarray, " size"]
    ) -> tuple[float, int]:
        """Given: return (fraction, number) of the images whose class is predicted right, by your `accuracy`."""
        return accuracy(self.predict(images), labels)

    def arrays(self) -> Weights:
        """Given: return the weights by name: what a checkpoint holds."""
        return dict(self.weights)

    def assign(self, arrays: Weights) -> None:
        """Given: put other weights in the place of these."""
        self.weights = dict(arrays)

    def run(
        self, images: np.ndarray, labels: np.ndarray, batches: list[Int[np.ndarray, " batch"]]
    ) -> list[float]:
        """Given: make a step with each batch, and return the losses. A trainer may know a faster way."""
        return [self.step(*take(images, labels, indices)) for indices in batches]

    def validated(self, improved: bool) -> None:
        """Given: called by `fit` after each validation, for those who want to watch."""


def fit(
    training: Training,
    images: Float[np.ndarray, "size height width channels"],
    labels: Int[np.ndarray, " size"],
    validation_images: Float[np.ndarray, "validation_size height width channels"],
    validation_labels: Int[np.ndarray, " validation_size"],
    directory: str,
    iterations: int = 1000,
    batch_size: int = 64,
    validate_every: int = 50,
    patience: int = 500,
    seed: int = 0,
) -> None:
    """Train until `iterations` were made or the validation accuracy no longer improves; restore the best.

    As long as fewer than `iterations` losses are in `training.history`, and `history.stopped` is not set:

    1. `training.run` the batches up to the next multiple of `validate_every`, but not more than `iterations` in all,
       and add its losses to `history.losses`;
    2. take `training.accuracy` of the validation images, and add (iteration, accuracy) to `history.validations`;
    3. tell your `EarlyStopping`. If that improved, `keep_best` the `training.arrays()` in the directory;
    4. call `training.validated(improved)`;
    5. if `EarlyStopping` says so, set `history.stopped` and leave the loop.

    At the end, if there is a `best.npz` in the directory, `training.assign` what your `restore_into` reads from it.

    A training that was interrupted goes on: the batches that its history has a loss for are drawn and skipped, and
    `EarlyStopping` gets the validations of the history again. So the same seed gives the same losses as without the
    interruption. (A `fit` that came to its end has put the best weights back: a longer one goes on from those.)

    Args:
        training: what is trained, and its history.
        images: what is learned from, float32, 0 to 1.
        labels: their classes.
        validation_images: what is not learned from.
        validation_labels: their classes.
        directory: of this training alone; `best.npz` will be there.
        iterations: how many to make in all, those in the history counted.
        batch_size: images a batch.
        validate_every: iterations between two validations.
        patience: of `EarlyStopping`, in iterations.
        seed: of the order of the images: batches are those of `endless_batches` with `np.random.default_rng(seed)`.
    """
    # YOUR CODE HERE
    raise NotImplementedError()
