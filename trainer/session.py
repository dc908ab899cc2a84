"""One training run and its folder: build it from parts, train, save, resume and evaluate it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from trainer import TrainerError
from trainer.data import Data, Examples
from trainer.devices import Devices
from trainer.loop import GraphRunner, Interrupted
from trainer.parts import Parts
from trainer.settings import FILE_NAME, Settings

IMAGE_SHAPE = (28, 28, 1)
HISTORY = "history.json"
BEST = "best.npz"


class FolderError(TrainerError):
    """The folder of a run cannot be used."""


@dataclass(frozen=True)
class Progress:
    """The progress of a run.

    Attributes:
        iteration: the number of steps so far.
        loss: the loss of the last step.
        accuracy: the last validation accuracy; None before the first validation.
        improved: True if this validation was the best so far; None between validations.
    """

    iteration: int
    loss: float
    accuracy: float | None
    improved: bool | None


class Session:
    """A training run: its network and its files.

    Args:
        parts: the modules the network is built from.
        settings: all settings of the run.
        data: the images; None if the network is not trained or evaluated.
        folder: the folder for its files.
        devices: the devices to compute on.

    Attributes:
        training: the parts' `Training`.
        history: the parts' `History`.
        seconds: the training time so far, earlier sessions included.
    """

    def __init__(self, parts: Parts, settings: Settings, data: Data | None, folder: Path, devices: Devices):
        self.parts, self.settings, self.data, self.folder = parts, settings, data, folder
        self.devices = devices
        with devices.scope():
            network = parts.networks.Network(
                settings.network,
                settings.seed,
                IMAGE_SHAPE,
                settings.precision,
                settings.structure,
                settings.layer_defaults,
            )
            self.training = parts.training.Training(
                network, settings.optimizer, settings.learning_rate, settings.seed, settings.l2
            )
        self.history = parts.training.History()
        self.seconds = 0.0

    # Checkpoints hold the network's variables and the optimizer's state.

    def variables(self) -> dict[str, tf.Variable]:
        """Return every variable by name: the weights, then the optimizer's state (`logits/biases/state0`)."""
        found = dict(self.training.weights)
        for name, state in self.training.states.items():
            for number, slot in enumerate(tf.nest.flatten(state)):
                found[f"{name}/state{number}"] = slot
        return found

    def save(self, losses: list[float]) -> str:
        """Save a checkpoint of this iteration and return its path; `losses` are not yet in the history.

        The history is written first: to resume from a checkpoint, the history must reach at least as far.
        """
        self._write_json(
            HISTORY,
            {
                "losses": [*self.history.losses, *losses],
                "validations": self.history.validations,
                "seconds": self.seconds,
            },
        )
        arrays = {name: variable.numpy() for name, variable in self.variables().items()}
        step = int(self.training.iteration.numpy())
        path: str = self.parts.checkpoints.save(str(self.folder), arrays, step, self.settings.keep)
        return path

    def _write_json(self, name: str, content: dict[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f"{name}.tmp"
        temporary.write_text(json.dumps(content), encoding="utf-8")
        os.replace(temporary, self.folder / name)

    def keep_settings(self) -> None:
        """Write the settings beside the checkpoints, so that the run can be resumed."""
        self._write_json(FILE_NAME, msgspec.to_builtins(self.settings))

    def begin(self) -> None:
        """Use the folder for a new run.

        Raises:
            FolderError: if the folder already holds a run.
        """
        if (self.folder / FILE_NAME).exists():
            raise FolderError(
                f"{self.folder} already holds a run: continue it with `resume {self.folder}`, "
                "choose another --folder, or use --overwrite"
            )
        self.keep_settings()

    def clear(self) -> None:
        """Remove an earlier run's checkpoints and records from the folder, and nothing else."""
        paths = self.parts.checkpoints.checkpoints_in(str(self.folder)).values()
        for path in (*map(Path, paths), self.folder / BEST, self.folder / HISTORY, self.folder / FILE_NAME):
            path.unlink(missing_ok=True)

    def restore(self, path: str) -> None:
        """Resume the run from the checkpoint at `path`.

        Raises:
            FolderError: if the checkpoint cannot be read or belongs to another network. The message names every
                variable that differs. Nothing is changed then.
        """
        variables = self.variables()
        # Only shapes are compared, so no copy of the variables is needed.
        now = {name: np.broadcast_to(np.float32(0), variable.shape) for name, variable in variables.items()}
        with _told_in_a_line():
            arrays = self.parts.checkpoints.restore_into(now, path)
            _, step = self.parts.checkpoints.restore(path)
            kept = json.loads((self.folder / HISTORY).read_text(encoding="utf-8"))
        for name, variable in variables.items():
            variable.assign(arrays[name])
        self.training.iteration.assign(step)
        self.history.losses = kept["losses"][:step]
        self.history.validations = [(at, accuracy) for at, accuracy in kept["validations"] if at <= step]
        self.seconds = kept["seconds"]

    def restore_weights(self, path: str) -> None:
        """Set only the network's variables, from a checkpoint or `best.npz` at `path`.

        Raises:
            FolderError: as for `restore`; nothing is changed then.
        """
        store = self.training.network.variables
        with tempfile.TemporaryDirectory() as folder, _told_in_a_line():
            arrays, _ = self.parts.checkpoints.restore(path)
            names = {name for name in arrays if "/state" not in name}
            # The optimizer's state is not needed here and must not count as a difference.
            trimmed = self.parts.checkpoints.save(folder, {name: arrays[name] for name in names}, 0)
            try:
                arrays = self.parts.checkpoints.restore_into(store.arrays(), trimmed)
            except ValueError as error:
                raise FolderError(str(error).replace(trimmed, path)) from None
        store.assign(arrays)

    # Training.

    def train(self, watch: Callable[[Progress], None]) -> None:
        """Train for the iterations in the settings; afterwards the network has its best variables.

        On Ctrl-C the current steps are finished and a checkpoint is saved.

        Raises:
            Interrupted: after Ctrl-C. The last checkpoint is of the last iteration.
        """
        assert self.data is not None
        settings, train = self.settings, self.data.train
        if self.devices.is_chief and not settings.iterations:
            self.save([])
        started = time.monotonic() - self.seconds
        accuracy = self.history.validations[-1][1] if self.history.validations else None

        def due(iteration: int) -> bool:
            last = iteration == settings.iterations
            return self.devices.is_chief and (iteration % settings.save_every == 0 or last)

        def done(losses: list[float]) -> None:
            self.seconds = time.monotonic() - started
            iteration = int(self.training.iteration.numpy())
            # If a validation follows, the checkpoint is saved after it, so that the history is complete.
            if due(iteration) and iteration % settings.validate_every and iteration != settings.iterations:
                self.save(losses)
            watch(Progress(iteration, losses[-1], accuracy, None))

        def report(history: Any, improved: bool) -> None:
            nonlocal accuracy
            iteration, accuracy = history.validations[-1]
            if due(iteration):
                self.save([])
            watch(Progress(iteration, history.losses[-1], accuracy, improved))

        runner = GraphRunner(self.training, train.images, train.labels, settings, self.devices, done)
        with _kept_interrupt(runner), self._own_folder() as folder, self.devices.scope():
            try:
                self.parts.training.fit(
                    self.training,
                    train.images,
                    train.labels,
                    self.data.validation.images,
                    self.data.validation.labels,
                    folder,
                    iterations=settings.iterations,
                    batch_size=settings.batch_size,
                    validate_every=settings.validate_every,
                    patience=settings.iterations if settings.patience is None else settings.patience,
                    seed=settings.seed,
                    history=self.history,
                    run=runner,
                    report=report,
                )
            except Interrupted as interruption:
                if self.devices.is_chief:
                    self.save(interruption.losses)
                self.history.losses.extend(interruption.losses)
                raise
            finally:
                self.seconds = time.monotonic() - started

    @contextlib.contextmanager
    def _own_folder(self) -> Iterator[str]:
        """Yield the folder for the best variables: the run's folder, or a temporary one if this is not the chief."""
        if self.devices.is_chief:
            yield str(self.folder)
        else:
            with tempfile.TemporaryDirectory() as folder:
                yield folder

    # Predictions.

    def logits(self, images: NDArray[Any]) -> NDArray[Any]:
        """Return the logits of images, computed 256 at a time to limit memory."""
        return np.concatenate(
            [
                self.training.compiled_logits(images[begin : begin + 256]).numpy()
                for begin in range(0, len(images), 256)
            ]
        )

    def evaluate(self, examples: Examples) -> Evaluation:
        """Evaluate the network on examples."""
        logits = self.logits(examples.images)
        return Evaluation(logits, examples.labels, self.parts.classification)

    def outputs(self, images: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """Return the output of each layer before its activation, by the layer's name."""
        outputs = self.training.network.chain(images).outputs
        return {name: tf.cast(layer, tf.float32).numpy() for name, layer in outputs.items()}


@dataclass(frozen=True)
class Evaluation:
    """A network's predictions for some examples, with the true classes.

    Attributes:
        logits: shape `size classes`.
        labels: the true classes.
        classification: the part that computes the metrics.
    """

    logits: NDArray[Any]
    labels: NDArray[Any]
    classification: ModuleType

    @property
    def predicted(self) -> NDArray[Any]:
        """The class with the largest logit for each example."""
        classes: NDArray[Any] = self.classification.predicted_class(self.logits)
        return classes

    @property
    def correct(self) -> int:
        """The number of correct predictions."""
        return int(self.classification.accuracy(self.predicted, self.labels)[1])

    @property
    def accuracy(self) -> float:
        """The fraction of correct predictions."""
        return float(self.classification.accuracy(self.predicted, self.labels)[0])

    @property
    def loss(self) -> float:
        """The mean cross-entropy, in nats."""
        return float(self.classification.cross_entropy(self.logits, self.labels))

    @property
    def probabilities(self) -> NDArray[Any]:
        """The softmax of the logits, `size classes`."""
        shares: NDArray[Any] = self.classification.softmax(self.logits)
        return shares

    def confusion(self, classes: int) -> NDArray[Any]:
        """Return the confusion matrix: true classes are rows, predicted classes are columns."""
        counts: NDArray[Any] = self.classification.confusion_matrix(self.labels, self.predicted, classes)
        return counts

    def __str__(self) -> str:
        return f"{self.accuracy:.1%} ({self.correct} / {len(self.labels)}), loss {self.loss:.4g}"


@contextlib.contextmanager
def _told_in_a_line() -> Iterator[None]:
    """Turn an error while restoring into one line for the user."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise FolderError(str(error)) from error


@contextlib.contextmanager
def _kept_interrupt(runner: GraphRunner) -> Iterator[None]:
    """Turn Ctrl-C into a request to stop, so that no step is lost; a second Ctrl-C stops at once."""

    def stop(number: int, frame: Any) -> None:
        if runner.interrupted:
            raise KeyboardInterrupt
        runner.interrupted = True

    try:
        former = signal.signal(signal.SIGINT, stop)
    except ValueError:
        # Only the main thread receives signals.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
