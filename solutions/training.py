"""Training: everything you have written, in one loop.

A step takes a batch of images, computes how wrong the network is and in which direction each weight should
move, and moves them all a little:

    loss, gradients = ...    # of your cross_entropy, by TensorFlow's GradientTape
    weights, state = ...     # by your sgd_step, momentum_step or adam_step, each variable by itself

The loop around it draws the batches (`batching`), and stops now and then to see how well the network does on
images that it does not learn from (`classification`). When that is better than ever before, the variables
are kept (`checkpoints`); when it has not been better for long, training ends (`early_stopping`). In the end
the best variables are put back: not the last network is the result, but the best one.

If something earlier is wrong, it shows here: a velocity with the wrong sign climbs instead of falling, and a
loop that never restores the best gives away what it had found.

Sources: https://www.tensorflow.org/guide/autodiff, https://www.deeplearningbook.org/contents/regularization.html
(7.8) for early stopping
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import tensorflow as tf
from batching import endless_batches, predict_in_batches, take
from checkpoints import keep_best, restore_into
from classification import accuracy, cross_entropy, predicted_class
from early_stopping import EarlyStopping
from jaxtyping import Float, Int
from networks import Network
from optimizers import adam_state, adam_step, momentum_state, momentum_step, sgd_state, sgd_step

Tensor = Any

# Given: the optimizers by name; the first function makes the state of a variable, the second makes a step.
OPTIMIZERS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "sgd": (sgd_state, sgd_step),
    "momentum": (momentum_state, momentum_step),
    "adam": (adam_state, adam_step),
}


def _as_they_are(loss: Tensor, gradients: list[Tensor]) -> tuple[Tensor, list[Tensor]]:
    return loss, gradients


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
    """A network that is being trained, and what its optimizer remembers.

    Attributes:
        network: what is trained.
        weights: its variables, each a `tf.Variable`, by name.
        states: the optimizer's state of each variable, by the same name: `tf.Variable`s too, in the structure
            that the optimizer's state has (nothing, one, or a tuple of them).
        learning_rate: of the optimizer.
        iteration: how many steps were made, a `tf.Variable`.
        combine: called in each step with the loss and the gradients, returns both. It leaves them as they
            are, unless a batch is spread over several devices: then it adds up what each has found.
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
        self.combine: Callable[[Tensor, list[Tensor]], tuple[Tensor, list[Tensor]]] = _as_they_are
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

        Biases are not penalized: they do not make a network overfit.
        """
        shrunk = [value for name, value in self.weights.items() if not name.endswith("biases")]
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
        """Learn from a batch, and return its loss before that.

        The loss and the gradients go through `self.combine` before they are applied. Must work inside of
        `tf.function`.
        """
        ### BEGIN SOLUTION
        loss, gradients = self.combine(*self.loss_and_gradients(images, labels))
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
        """Return (fraction, number) of the images whose class is predicted rightly, by your `accuracy`."""
        ### BEGIN SOLUTION
        return accuracy(self.predict(images), labels)
        ### END SOLUTION


def fit(
    training: Training,
    images: Float[np.ndarray, "size height width channels"],
    labels: Int[np.ndarray, " size"],
    validation_images: Float[np.ndarray, "validation_size height width channels"],
    validation_labels: Int[np.ndarray, " validation_size"],
    directory: str,
    iterations: int = 1000,
    batch_size: int = 64,
    validate_every: int = 100,
    patience: int = 1000,
    seed: int = 0,
    history: History | None = None,
    run: Callable[[list[np.ndarray]], list[float]] | None = None,
    report: Callable[[History, bool], None] = lambda history, improved: None,
) -> History:
    """Train until `iterations` were made or the validation accuracy no longer improves; restore the best.

    The loop, as long as fewer than `iterations` were made:

    1. run the batches up to the next multiple of `validate_every`, but not more than `iterations` in all;
    2. compute the accuracy on the validation images, and note it with its iteration in `history.validations`;
    3. tell `EarlyStopping`. Where that improved, keep the network's variables as the best so far
       (`keep_best(directory, training.network.variables.arrays(), iteration, accuracy)`);
    4. call `report(history, improved)`;
    5. where `EarlyStopping` says so, set `history.stopped` and leave the loop.

    At the end, if there is a `best.npz` in the directory, the network's variables become those
    (`restore_into`, then `training.network.variables.assign`).

    To go on with a training, its `history` is handed in: the first batches, one for each of its losses, are
    drawn and skipped, and `EarlyStopping` is told again what it was told then. So the same seed gives the
    same losses as without the interruption.

    Args:
        training: what is trained; its variables are as they were after the last iteration of `history`.
        images: what is learned from, float32, 0 to 1.
        labels: their classes.
        validation_images: what is not learned from.
        validation_labels: their classes.
        directory: of this training alone; `best.npz` will be there.
        iterations: how many to make in all, those in `history` counted.
        batch_size: images a batch.
        validate_every: iterations between two looks at the validation images.
        patience: of `EarlyStopping`, in iterations.
        seed: of the order of the images: batches are those of `endless_batches` with
            `np.random.default_rng(seed)`.
        history: of the training so far, to which the rest is added; None at the beginning.
        run: makes a step for each of the batches (arrays of indices) and returns the losses. None makes them
            one by one, with `take` and `training.compiled_step`; a trainer may know a faster way.
        report: called after each validation with the history and whether it improved.

    Returns:
        The history.
    """
    ### BEGIN SOLUTION
    history = History() if history is None else history
    stopping = EarlyStopping(patience)
    for iteration, fraction in history.validations:
        stopping.update(iteration, fraction)
    batches = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    iteration = len(history.losses)
    for _ in islice(batches, iteration):
        pass

    def one_by_one(batches: list[np.ndarray]) -> list[float]:
        return [float(training.compiled_step(*take(images, labels, indices))) for indices in batches]

    while iteration < iterations:
        count = min(validate_every - iteration % validate_every, iterations - iteration)
        history.losses.extend((run or one_by_one)(list(islice(batches, count))))
        iteration += count
        fraction, _ = training.accuracy(validation_images, validation_labels)
        history.validations.append((iteration, fraction))
        # Iterations, not validations, are what patience is counted in.
        improved, stop = stopping.update(iteration, fraction)
        if improved:
            keep_best(directory, training.network.variables.arrays(), iteration, fraction)
        report(history, improved)
        if stop:
            history.stopped = True
            break

    best = os.path.join(directory, "best.npz")
    if os.path.exists(best):
        training.network.variables.assign(restore_into(training.network.variables.arrays(), best))
    return history
    ### END SOLUTION
