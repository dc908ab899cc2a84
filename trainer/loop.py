"""A fast training loop: one TensorFlow graph runs many steps, and the images stay on the device.

A learner's `Training.step` is traced once. The graph around it selects each batch by index, so that Python
does nothing between steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from trainer.augment import augmented
from trainer.devices import Devices
from trainer.runs import Interrupted
from trainer.settings import Settings

# How long the graph runs before Python checks the clock, the progress bar and Ctrl-C.
_PIECE_SECONDS = 0.5


class GraphRunner:
    """Runs many training steps in one graph, for `Training.run`.

    Args:
        training: the parts' `Training`.
        images: the training images, `size height width channels`.
        labels: their classes.
        settings: the learning rate, augmentation, XLA and when to pause.
        devices: the devices to compute on.
        done: called after each graph call with the losses since `fit` called.

    Attributes:
        interrupted: set it to True to stop after the current graph call.
    """

    def __init__(
        self,
        training: Any,
        images: NDArray[Any],
        labels: NDArray[Any],
        settings: Settings,
        devices: Devices,
        done: Callable[[list[float]], None],
    ):
        self.interrupted = False
        self._training = training
        self._settings = settings
        self._devices = devices
        self._done = done
        self._size = 1
        self._functions: dict[float, Callable[..., Any]] = {}
        with devices.scope():
            if devices.strategy is None:
                self._images, self._labels = tf.constant(images), tf.constant(labels)
            else:
                # A variable is stored on every device; a constant would be copied to the others in each step.
                self._images = tf.Variable(images, trainable=False)
                self._labels = tf.Variable(labels, trainable=False)

    def __call__(self, batches: list[NDArray[Any]]) -> list[float]:
        """Run one step for each batch and return the losses.

        Raises:
            Interrupted: if `interrupted` was set.
        """
        losses: list[float] = []
        while len(losses) < len(batches):
            # Not after the last graph call: the validation that follows belongs to these steps.
            if self.interrupted:
                raise Interrupted(losses)
            begin = int(self._training.iteration.numpy())
            count = min(self._size, len(batches) - len(losses), self._until_pause(begin))
            piece = batches[len(losses) : len(losses) + count]
            started = time.monotonic()
            losses += self._steps(piece, self._settings.rate_at(begin))
            seconds_a_step = (time.monotonic() - started) / count
            # At most twice as many steps as before: the first call was slow because of tracing.
            self._size = max(1, min(2 * self._size, int(_PIECE_SECONDS / seconds_a_step)))
            self._done(losses)
        return losses

    def _until_pause(self, iteration: int) -> int:
        """Return the number of steps to the next checkpoint or change of the learning rate."""
        every = [self._settings.save_every, self._settings.decay_every]
        return min(step - iteration % step for step in every if step)

    def _steps(self, batches: list[NDArray[Any]], rate: float) -> list[float]:
        if rate not in self._functions:
            self._training.learning_rate = rate
            self._functions[rate] = self._traced()
        ends = np.cumsum([0, *map(len, batches)])
        losses = self._functions[rate](tf.constant(np.concatenate(batches)), tf.constant(ends))
        return [float(loss) for loss in losses.numpy()]

    def _traced(self) -> Callable[..., Any]:
        if self._devices.strategy is None:
            single = tf.function(self._step, jit_compile=True) if self._settings.xla else self._step
        else:
            single = self._spread_step

        @tf.function(  # type: ignore[untyped-decorator]  # TensorFlow has no types
            input_signature=[tf.TensorSpec((None,), tf.int64), tf.TensorSpec((None,), tf.int64)],
        )
        def steps(indices: Any, ends: Any) -> Any:
            count = tf.size(ends) - 1
            losses = tf.TensorArray(tf.float32, count)
            for number in tf.range(count):
                loss = single(indices[ends[number] : ends[number + 1]])
                losses = losses.write(number, loss)
            return losses.stack()

        with self._devices.scope():
            # Traced here so that an error in a part is raised here.
            steps.get_concrete_function()
        traced: Callable[..., Any] = steps
        return traced

    def _step(self, indices: Any) -> Any:
        """Run a step with the images at these indices, on this device."""
        return self._training.step(*self._batch(indices))

    def _batch(self, indices: Any) -> tuple[Any, Any]:
        images, labels = tf.gather(self._images, indices), tf.gather(self._labels, indices)
        if self._settings.augment:
            # Not the seed that dropout uses.
            images = augmented(images, tf.stack([self._settings.seed + 1, self._training.iteration]))
        return images, labels

    def _spread_step(self, indices: Any) -> Any:
        """Run a step with a share of the images on each device; all devices get the same gradient."""
        strategy = self._devices.strategy

        def share_of_step() -> Any:
            replica = tf.distribute.get_replica_context()
            own = indices[replica.replica_id_in_sync_group :: replica.num_replicas_in_sync]
            share = tf.cast(tf.size(own), tf.float32) / tf.cast(tf.size(indices), tf.float32)
            # The mean over no images is NaN, so a device without images computes one image with weight 0.
            own = tf.cond(tf.size(own) > 0, lambda: own, lambda: indices[:1])

            loss, gradients = self._training.loss_and_gradients(*self._batch(own))
            parts = [share * part for part in (loss, *gradients)]
            total, *summed = replica.all_reduce(tf.distribute.ReduceOp.SUM, parts)
            self._training.apply_gradients(summed)
            return total

        losses = strategy.run(share_of_step)
        return strategy.experimental_local_results(losses)[0]
