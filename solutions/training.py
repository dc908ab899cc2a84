"""Training with TensorFlow: the same steps and the same loop, now for any network, and on a GPU.

A step takes a batch of images, computes how wrong the network is and in which direction each weight should
move, and moves them all a little:

    loss, gradients = ...    # of your cross_entropy, by TensorFlow's GradientTape
    weights, state = ...     # by your sgd_step, momentum_step or adam_step, each variable by itself

In `numpy_cnn` you walked back through the network yourself. Here TensorFlow does: what happens inside of
`with tf.GradientTape() as tape:` is recorded, and `tape.gradient` applies the chain rule to the recording, by a
gradient function for each operation, such as those that you wrote in `backpropagation`.

The loop around the steps is the `fit` that you wrote in `numpy_cnn`: it trains whatever has the methods `run`,
`accuracy`, `arrays` and `assign`.

If something earlier is wrong, it shows here: a velocity with the wrong sign climbs instead of falling.

Picture: docs/pictures/training.svg
Source: https://www.tensorflow.org/guide/autodiff
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from batching import predict_in_batches, take
from classification import accuracy, cross_entropy, predicted_class
from jaxtyping import Float, Int
from networks import Network
from numpy_cnn import History
from optimizers import adam_state, adam_step, momentum_state, momentum_step, sgd_state, sgd_step

Tensor = Any

# Given: the optimizers by name; the first function makes the state of a variable, the second makes a step.
OPTIMIZERS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "sgd": (sgd_state, sgd_step),
    "momentum": (momentum_state, momentum_step),
    "adam": (adam_state, adam_step),
}


class Training:
    """A network that is being trained, and what its optimizer remembers.

    Attributes:
        network: what is trained.
        weights: its variables, each a `tf.Variable`, by name.
        states: the optimizer's state of each variable, by the same name: `tf.Variable`s too, in the structure
            that the optimizer's state has (nothing, one, or a tuple of them).
        learning_rate: of the optimizer.
        iteration: how many steps were made, a `tf.Variable`.
        history: what happened so far; `fit` adds to it.
    """

    def __init__(
        self,
        network: Network,
        optimizer: str = "adam",
        learning_rate: float = 1e-4,
        seed: int = 0,
        l2: float = 0.0,
    ):
        """Given: begin a training.

        Args:
            network: what is trained.
            optimizer: a name in `OPTIMIZERS`.
            learning_rate: of the optimizer.
            seed: of what is dropped by chance.
            l2: how much the loss grows with the squares of the weights.

        Raises:
            ValueError: for an optimizer that there is not; the message names it.
        """
        if optimizer not in OPTIMIZERS:
            raise ValueError(f"optimizer must be one of {', '.join(OPTIMIZERS)}, not {optimizer!r}")
        self.network = network
        self.weights: dict[str, tf.Variable] = network.variables.by_name
        make_state, self.optimizer_step = OPTIMIZERS[optimizer]
        self.states = {
            name: tf.nest.map_structure(tf.Variable, make_state(tf.convert_to_tensor(variable)))
            for name, variable in self.weights.items()
        }
        self.learning_rate = learning_rate
        self.iteration = tf.Variable(0, dtype=tf.int64)
        self.history = History()
        self._seed = seed
        self._l2 = l2
        # Traced once for batches of any size: the last one of an epoch is shorter than the others.
        images = tf.TensorSpec((None, *network.image_shape), tf.float32)
        labels = tf.TensorSpec((None,), tf.int64)
        self.compiled_step = tf.function(self.step, input_signature=[images, labels])
        self.compiled_logits = tf.function(lambda images: network.logits(images), input_signature=[images])

    def dropout_seed(self) -> Tensor:
        """Given: return two whole numbers that are others in each iteration, for `network.logits`."""
        return tf.stack([tf.constant(self._seed, tf.int64), self.iteration.read_value()])

    def penalty(self) -> Tensor:
        """Given: return what is added to the loss for large weights: `l2 / 2 * sum of their squares`.

        This is *L2 regularization*. With plain gradient descent it makes every weight a little smaller in each
        step, and is also called *weight decay*. Biases are not penalized: they do not make a network
        overfit.
        """
        shrunk = [value for name, value in self.weights.items() if not name.endswith("bias")]
        return self._l2 * tf.add_n([tf.nn.l2_loss(weights) for weights in shrunk]) if self._l2 else 0.0

    def loss_and_gradients(
        self, images: Float[Tensor, "batch height width channels"], labels: Int[Tensor, " batch"]
    ) -> tuple[Float[Tensor, ""], list[Tensor]]:
        """Return the loss of a batch, and its gradient with respect to each of the weights.

            loss = cross_entropy(logits, labels) + penalty

        What happens inside of `with tf.GradientTape() as tape:` is recorded; afterwards
        `tape.gradient(loss, variables)` walks back through it. Give `self.network.logits` the
        `self.dropout_seed()`, because this is training.

        Args:
            images: float32, 0 to 1.
            labels: class numbers.

        Returns:
            `(loss, gradients)`: the gradients in the order of `self.weights`, one in the shape of each.
        """
        ### BEGIN SOLUTION
        with tf.GradientTape() as tape:
            logits = self.network.logits(images, self.dropout_seed())
            loss = cross_entropy(logits, labels) + self.penalty()
        return loss, tape.gradient(loss, list(self.weights.values()))
        ### END SOLUTION

    def apply_gradients(self, gradients: list[Tensor]) -> None:
        """Move all weights by a step of the optimizer, and count the iteration.

        For each variable, `self.optimizer_step(weights, state, gradient, self.learning_rate)` returns the new
        weights and the new state, as tensors. Then every variable, those of the state too, is set to its new
        value with `assign`: otherwise the optimizer remembers nothing from step to step.

        Hints for TensorFlow: `tf.convert_to_tensor(variable)` is its value,
        `tf.nest.map_structure(function, structure, ...)` calls a function for everything in a structure.

        Args:
            gradients: in the order of `self.weights`.
        """
        ### BEGIN SOLUTION
        for (name, variable), gradient in zip(self.weights.items(), gradients, strict=True):
            slots = self.states[name]
            state = tf.nest.map_structure(tf.convert_to_tensor, slots)
            weights, state = self.optimizer_step(
                tf.convert_to_tensor(variable), state, gradient, self.learning_rate
            )
            variable.assign(weights)
            tf.nest.map_structure(lambda slot, value: slot.assign(value), slots, state)
        self.iteration.assign_add(1)
        ### END SOLUTION

    def step(
        self, images: Float[Tensor, "batch height width channels"], labels: Int[Tensor, " batch"]
    ) -> Float[Tensor, ""]:
        """Learn from a batch, and return its loss before that. Must work inside of `tf.function`."""
        ### BEGIN SOLUTION
        loss, gradients = self.loss_and_gradients(images, labels)
        self.apply_gradients(gradients)
        return loss
        ### END SOLUTION

    def predict(
        self, images: Float[np.ndarray, "size height width channels"], batch_size: int = 256
    ) -> Int[np.ndarray, " size"]:
        """Return the class that the network finds most likely for each image.

        Your `predict_in_batches` bounds the memory, your `predicted_class` picks the class.
        `self.compiled_logits(batch).numpy()` are the logits of a batch; nothing is dropped in them.

        Args:
            images: at least one.
            batch_size: how many the network sees at a time.
        """
        ### BEGIN SOLUTION
        return predict_in_batches(
            lambda batch: predicted_class(self.compiled_logits(batch).numpy()), images, batch_size
        )
        ### END SOLUTION

    def accuracy(
        self, images: Float[np.ndarray, "size height width channels"], labels: Int[np.ndarray, " size"]
    ) -> tuple[float, int]:
        """Given: return (fraction, number) of the images whose class is predicted right, by your `accuracy`."""
        return accuracy(self.predict(images), labels)

    def arrays(self) -> dict[str, np.ndarray]:
        """Given: return the weights by name: what a checkpoint holds."""
        return self.network.variables.arrays()

    def assign(self, arrays: dict[str, np.ndarray]) -> None:
        """Given: put other weights in the place of these."""
        self.network.variables.assign(arrays)

    def run(
        self, images: np.ndarray, labels: np.ndarray, batches: list[Int[np.ndarray, " batch"]]
    ) -> list[float]:
        """Given: make a step with each batch, and return the losses. The trainer knows a faster way."""
        return [float(self.compiled_step(*take(images, labels, indices))) for indices in batches]

    def validated(self, improved: bool) -> None:
        """Given: called by `fit` after each validation, for those who want to watch."""
