"""A training in NumPy, by the learner's own functions: it learns, and goes on after Ctrl-C."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import KIT
from trainer.numpy_session import NumpySession
from trainer.parts import called_by, load_parts
from trainer.runs import Interrupted
from trainer.settings import SettingsError, settings_for


@pytest.fixture
def session(data, tmp_path):
    """Make a small training in NumPy; settings can be chosen."""

    def make(folder="run", **chosen):
        usual = {"iterations": 30, "batch_size": 20, "validate_every": 10, "filters": (2, 3), "units": (8,)}
        settings = settings_for("numpy", **{"parts": str(KIT / "solutions"), **usual, **chosen})
        parts = load_parts(Path(settings.parts), called=called_by("numpy"))
        return NumpySession(parts, settings, data, tmp_path / folder)

    return make


def nothing(progress):
    """Watch a training and say nothing."""


def test_it_learns(session, data):
    trained = session(iterations=60, learning_rate=0.01)
    trained.train(nothing)
    assert np.mean(trained.history.losses[-10:]) < 0.7 * trained.history.losses[0]
    assert trained.evaluate(data.test).accuracy > 0.4
    assert (trained.folder / "best.npz").exists()


def test_a_training_goes_on_as_if_never_stopped(session):
    """The same losses and validations, though Ctrl-C was pressed; the learning rate changes in between."""
    chosen = {"iterations": 40, "decay_every": 15, "learning_rate": 0.01}
    whole = session("whole", **chosen)
    whole.train(nothing)
    first, asked = session("parts", **chosen), []

    def watch(progress):
        if progress.iteration >= 17 and not asked:
            asked.append(progress.iteration)
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(Interrupted):
        first.train(watch)
    second = session("parts", **chosen)
    second.restore(second.parts.checkpoints.latest(str(second.folder)))
    assert 17 <= second.iteration == len(second.history.losses) < 40
    second.train(nothing)
    np.testing.assert_allclose(second.history.losses, whole.history.losses, rtol=1e-5)
    assert second.history.validations == whole.history.validations
    for name, array in whole.training.arrays().items():
        np.testing.assert_allclose(second.training.arrays()[name], array, atol=1e-5)


def test_what_it_cannot_do_is_refused():
    for name, value in (("dropout", 0.5), ("optimizer", "sgd"), ("xla", True), ("kernel_size", 3)):
        with pytest.raises(SettingsError, match=f"{name}: the network numpy does not take this setting"):
            settings_for("numpy", **{name: value})


def test_the_command_line(trainer, tmp_path):
    """It trains, draws pictures and goes on without TensorFlow."""
    (tmp_path / "tensorflow.py").write_text("raise ImportError('not needed')")
    done = trainer(
        "numpy", "--parts", KIT / "solutions", "--iterations", 4, "--validate-every", 2, "--filters", "2,3",
        "--units", 8, "--folder", "run",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "on NumPy, CPU" in done.stdout
    assert "test accuracy" in done.stdout
    resumed = trainer("resume", "run", "--iterations", 6, "--no-pictures")
    assert resumed.returncode == 0, resumed.stderr
    assert "resuming after iteration 4" in resumed.stdout
    shown = trainer("show", "numpy", "--parts", KIT / "solutions")
    assert "54,314" in shown.stdout
