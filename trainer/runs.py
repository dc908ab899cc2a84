"""A training run and its folder: its settings, checkpoints and history, whatever computes its steps."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from trainer import TrainerError
from trainer.data import Data, Examples
from trainer.parts import Parts
from trainer.settings import FILE_NAME, Settings

IMAGE_SHAPE = (28, 28, 1)
HISTORY = "history.json"
BEST = "best.npz"
# Predictions are computed for this many images at a time, to limit memory.
_BATCH = 256


class FolderError(TrainerError):
    """The folder of a run cannot be used."""


class Interrupted(Exception):
    """Training was interrupted.

    Attributes:
        losses: the losses of the steps since the last validation.
    """

    def __init__(self, losses: list[float]):
        super().__init__("interrupted")
        self.losses = losses


class Runner(Protocol):
    """Makes a step for each batch.

    Attributes:
        interrupted: set it to True to stop as soon as that loses nothing.
    """

    interrupted: bool

    def __call__(self, batches: list[NDArray[Any]]) -> list[float]:
        """Return the losses. Raises Interrupted if `interrupted` was set."""
        ...


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


class Run(ABC):
    """A training run: its network and its files.

    Args:
        parts: the modules the network is built from.
        settings: all settings of the run.
        data: the images; None if the network is not trained or evaluated.
        folder: the folder for its files.
        training: what the learner's `fit` trains.

    Attributes:
        training: the parts' `Training`.
        history: its history.
        seconds: the training time so far, earlier sessions included.
        writes: True if this process writes the files.
        described: the device in words for the user.
    """

    writes = True
    described = "CPU"

    def __init__(self, parts: Parts, settings: Settings, data: Data | None, folder: Path, training: Any):
        self.parts, self.settings, self.data, self.folder = parts, settings, data, folder
        self.training = training
        self.history = training.history
        self.seconds = 0.0

    @property
    @abstractmethod
    def iteration(self) -> int:
        """The number of steps so far."""

    @abstractmethod
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what a checkpoint holds: the weights, then the optimizer's state (`logits/kernel/state0`)."""

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of each of these arrays."""
        return {name: array.shape for name, array in self.arrays().items()}

    @abstractmethod
    def assign(self, arrays: dict[str, NDArray[Any]], iteration: int) -> None:
        """Go back to what a checkpoint held."""

    @abstractmethod
    def runner(self, done: Callable[[list[float]], None]) -> Runner:
        """Return what makes the steps; it calls `done` now and then with the losses since it was called."""

    @abstractmethod
    def logits_of(self, images: NDArray[Any]) -> NDArray[Any]:
        """Return the logits of a few images."""

    @abstractmethod
    def outputs(self, images: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """Return the output of each layer before its activation, by the layer's name."""

    def filters(self) -> dict[str, NDArray[Any]]:
        """Return the kernel of each convolutional layer, by the layer's name."""
        kernels = {name: array for name, array in self.training.arrays().items() if name.endswith("/kernel")}
        return {name.removesuffix("/kernel"): array for name, array in kernels.items() if array.ndim == 4}

    # Files.

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
        path: str = self.parts.checkpoints.save(
            str(self.folder), self.arrays(), self.iteration, self.settings.keep
        )
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
        # Only shapes are compared, so no copy of the variables is needed.
        now = {name: np.broadcast_to(np.float32(0), shape) for name, shape in self.shapes().items()}
        with _told_in_a_line():
            arrays = self.parts.checkpoints.restore_into(now, path)
            _, step = self.parts.checkpoints.restore(path)
            kept = json.loads((self.folder / HISTORY).read_text(encoding="utf-8"))
        self.assign(arrays, step)
        self.history.losses = kept["losses"][:step]
        self.history.validations = [(at, accuracy) for at, accuracy in kept["validations"] if at <= step]
        self.seconds = kept["seconds"]

    def restore_weights(self, path: str) -> None:
        """Set only the network's weights, from a checkpoint or `best.npz` at `path`.

        Raises:
            FolderError: as for `restore`; nothing is changed then.
        """
        with tempfile.TemporaryDirectory() as folder, _told_in_a_line():
            arrays, _ = self.parts.checkpoints.restore(path)
            names = {name for name in arrays if "/state" not in name}
            # The optimizer's state is not needed here and must not count as a difference.
            trimmed = self.parts.checkpoints.save(folder, {name: arrays[name] for name in names}, 0)
            try:
                arrays = self.parts.checkpoints.restore_into(self.training.arrays(), trimmed)
            except ValueError as error:
                raise FolderError(str(error).replace(trimmed, path)) from None
        self.training.assign(arrays)

    # Training.

    def train(self, watch: Callable[[Progress], None]) -> None:
        """Train for the iterations in the settings; afterwards the network has its best weights.

        On Ctrl-C the current steps are finished and a checkpoint is saved.

        Raises:
            Interrupted: after Ctrl-C. The last checkpoint is of the last iteration.
        """
        assert self.data is not None
        settings, train = self.settings, self.data.train
        if self.writes and not settings.iterations:
            self.save([])
        started = time.monotonic() - self.seconds
        accuracy = self.history.validations[-1][1] if self.history.validations else None

        def due(iteration: int) -> bool:
            last = iteration == settings.iterations
            return self.writes and (iteration % settings.save_every == 0 or last)

        def done(losses: list[float]) -> None:
            self.seconds = time.monotonic() - started
            iteration = self.iteration
            # If a validation follows, the checkpoint is saved after it, so that the history is complete.
            if due(iteration) and iteration % settings.validate_every and iteration != settings.iterations:
                self.save(losses)
            watch(Progress(iteration, losses[-1], accuracy, None))

        def validated(improved: bool) -> None:
            nonlocal accuracy
            iteration, accuracy = self.history.validations[-1]
            if due(iteration):
                self.save([])
            watch(Progress(iteration, self.history.losses[-1], accuracy, improved))

        runner = self.runner(done)
        # What the learner's `fit` calls: a step for each batch, and what follows a validation.
        self.training.run = lambda images, labels, batches: runner(batches)
        self.training.validated = validated
        with _kept_interrupt(runner), self._own_folder() as folder, self._device():
            try:
                self.parts.numpy_cnn.fit(
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
                )
            except Interrupted as interruption:
                if self.writes:
                    self.save(interruption.losses)
                self.history.losses.extend(interruption.losses)
                raise
            finally:
                self.seconds = time.monotonic() - started

    def _device(self) -> contextlib.AbstractContextManager[None]:
        """Return the context in which to compute."""
        return contextlib.nullcontext()

    @contextlib.contextmanager
    def _own_folder(self) -> Iterator[str]:
        """Yield the folder for the best weights: the run's folder, or a temporary one if this process writes none."""
        if self.writes:
            yield str(self.folder)
        else:
            with tempfile.TemporaryDirectory() as folder:
                yield folder

    # Predictions.

    def logits(self, images: NDArray[Any]) -> NDArray[Any]:
        """Return the logits of images, computed in batches to limit memory."""
        batches = [self.logits_of(images[begin : begin + _BATCH]) for begin in range(0, len(images), _BATCH)]
        return np.concatenate(batches)

    def evaluate(self, examples: Examples) -> Evaluation:
        """Evaluate the network on examples."""
        return Evaluation(self.logits(examples.images), examples.labels, self.parts.classification)


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
def _kept_interrupt(runner: Runner) -> Iterator[None]:
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
