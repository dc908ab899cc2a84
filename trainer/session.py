"""A training run with TensorFlow."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tensorflow as tf
from numpy.typing import NDArray

from trainer.data import Data
from trainer.devices import Devices
from trainer.loop import GraphRunner
from trainer.parts import Parts
from trainer.runs import IMAGE_SHAPE, Run
from trainer.settings import Settings


class Session(Run):
    """A run of one of the parts' TensorFlow networks.

    Args:
        parts: the modules the network is built from.
        settings: all settings of the run.
        data: the images; None if the network is not trained or evaluated.
        folder: the folder for its files.
        devices: the devices to compute on.
    """

    def __init__(self, parts: Parts, settings: Settings, data: Data | None, folder: Path, devices: Devices):
        self.devices = devices
        self.writes = devices.is_chief
        self.described = f"{devices.described}, {settings.precision}"
        with devices.scope():
            network = parts.networks.Network(
                settings.network,
                settings.seed,
                IMAGE_SHAPE,
                settings.precision,
                settings.structure,
                settings.layer_defaults,
            )
            training = parts.training.Training(
                network, settings.optimizer, settings.learning_rate, settings.seed, settings.l2
            )
        super().__init__(parts, settings, data, folder, training)

    @property
    def iteration(self) -> int:
        """The number of steps so far."""
        return int(self.training.iteration.numpy())

    def _variables(self) -> dict[str, tf.Variable]:
        found = dict(self.training.weights)
        for name, state in self.training.states.items():
            for number, slot in enumerate(tf.nest.flatten(state)):
                found[f"{name}/state{number}"] = slot
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the weights and the optimizer's state."""
        return {name: variable.numpy() for name, variable in self._variables().items()}

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of each of these arrays, without copying them."""
        return {name: tuple(variable.shape) for name, variable in self._variables().items()}

    def assign(self, arrays: dict[str, NDArray[Any]], iteration: int) -> None:
        """Go back to what a checkpoint held."""
        for name, variable in self._variables().items():
            variable.assign(arrays[name])
        self.training.iteration.assign(iteration)

    def runner(self, done: Callable[[list[float]], None]) -> GraphRunner:
        """Return what runs many steps in one graph."""
        assert self.data is not None
        train = self.data.train
        return GraphRunner(self.training, train.images, train.labels, self.settings, self.devices, done)

    def _device(self) -> contextlib.AbstractContextManager[None]:
        return self.devices.scope()

    def logits_of(self, images: NDArray[Any]) -> NDArray[Any]:
        """Return the logits of a few images."""
        logits: NDArray[Any] = self.training.compiled_logits(images).numpy()
        return logits

    def outputs(self, images: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """Return the output of each layer before its activation, by the layer's name."""
        outputs = self.training.network.chain(images).outputs
        return {name: tf.cast(layer, tf.float32).numpy() for name, layer in outputs.items()}
