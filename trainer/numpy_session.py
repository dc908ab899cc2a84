"""A training run in NumPy, by nothing but the learner's own functions."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.by_hand import same_padding_of
from trainer.data import Data
from trainer.parts import Parts
from trainer.runs import IMAGE_SHAPE, Interrupted, Run
from trainer.settings import Settings

# How often the progress is shown.
_SECONDS = 0.5


class NumpySession(Run):
    """A run of the network in the part `numpy_cnn`.

    Args:
        parts: the modules the network is built from.
        settings: all settings of the run.
        data: the images; None if the network is not trained or evaluated.
        folder: the folder for its files.
    """

    described = "NumPy, CPU"

    def __init__(self, parts: Parts, settings: Settings, data: Data | None, folder: Path):
        classes = len(data.class_names) if data else 10
        weights = parts.numpy_cnn.initial_weights(IMAGE_SHAPE, classes, settings.seed, **settings.structure)
        training = parts.numpy_cnn.Training(weights, settings.learning_rate)
        self._iteration = 0
        super().__init__(parts, settings, data, folder, training)

    @property
    def iteration(self) -> int:
        """The number of steps so far."""
        return self._iteration

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the weights and Adam's state."""
        found = dict(self.training.arrays())
        for name, state in self.training.states.items():
            found |= {f"{name}/state{number}": np.asarray(array) for number, array in enumerate(state)}
        return found

    def assign(self, arrays: dict[str, NDArray[Any]], iteration: int) -> None:
        """Go back to what a checkpoint held."""
        states = self.training.states
        self.training.assign({name: arrays[name] for name in self.training.arrays()})
        for name, state in states.items():
            states[name] = tuple(arrays[f"{name}/state{number}"] for number in range(len(state)))
        self._iteration = iteration

    def runner(self, done: Callable[[list[float]], None]) -> _StepByStep:
        """Return what makes one step after the other."""
        return _StepByStep(self, done)

    def count_step(self) -> None:
        """Count a step that was made."""
        self._iteration += 1

    def logits_of(self, images: NDArray[Any]) -> NDArray[Any]:
        """Return the logits of a few images."""
        logits: NDArray[Any] = self.parts.numpy_cnn.forward(self.training.arrays(), images)[0]
        return logits

    def outputs(self, images: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """Return the output of each layer before its activation, by the layer's name, computed by the parts."""
        parts, weights = self.parts.numpy_cnn, self.training.arrays()
        found, layer = {}, images
        for name in parts.block_names(weights):
            kernel = weights[f"{name}/kernel"]
            padded = parts.pad_images(layer, same_padding_of(parts, layer, kernel.shape[:2], 1))
            found[name] = parts.max_pool(parts.conv2d(padded, kernel, weights[f"{name}/bias"]))
            layer = parts.relu(found[name])
        layer, _ = parts.flatten(layer)
        found["dense"] = parts.dense(layer, weights["dense/kernel"], weights["dense/bias"])
        active = parts.relu(found["dense"])
        return {**found, "logits": parts.dense(active, weights["logits/kernel"], weights["logits/bias"])}


class _StepByStep:
    """Makes one step after the other.

    Attributes:
        interrupted: set it to True to stop after the current step.
    """

    def __init__(self, session: NumpySession, done: Callable[[list[float]], None]):
        self.interrupted = False
        self._session = session
        self._done = done

    def __call__(self, batches: list[NDArray[Any]]) -> list[float]:
        """Make a step for each batch and return the losses.

        Raises:
            Interrupted: if `interrupted` was set.
        """
        session, losses = self._session, list[float]()
        assert session.data is not None
        images, labels = session.data.train.images, session.data.train.labels
        shown = time.monotonic()
        for indices in batches:
            if self.interrupted:
                raise Interrupted(losses)
            session.training.learning_rate = session.settings.rate_at(session.iteration)
            losses.append(session.training.step(images[indices], labels[indices]))
            session.count_step()
            saves = session.iteration % session.settings.save_every == 0
            if saves or len(losses) == len(batches) or time.monotonic() - shown > _SECONDS:
                self._done(losses)
                shown = time.monotonic()
        return losses
