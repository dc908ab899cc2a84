"""Trainings that are kept, killed, taken up again, evaluated and exported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import sklearn.metrics

from tests.trainer.conftest import KIT
from trainer.export import export
from trainer.parts import load_parts
from trainer.runs import Evaluation, FolderError, Interrupted


def nothing(progress):
    """Watch a training and say nothing."""


def stop_at(session, iteration):
    """Train until at least that iteration, as Ctrl-C would end it."""

    asked = []

    def watch(progress):
        if progress.iteration >= iteration and not asked:
            asked.append(progress.iteration)
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(Interrupted):
        session.train(watch)
    return session.iteration


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_a_training_goes_on_as_if_never_stopped(session, optimizer):
    """Dropout, augmentation, a rate that changes: the same losses, the same validations, the same weights."""
    chosen = {
        "optimizer": optimizer,
        "learning_rate": 0.01,
        "dropout": 0.5,
        "augment": True,
        "decay_every": 12,
        "iterations": 60,
    }
    whole = session("whole", **chosen)
    whole.train(nothing)
    first = session("parts", **chosen)
    at = stop_at(first, 17)
    assert 17 <= at < 60
    second = session("parts", **chosen)
    second.restore(second.parts.checkpoints.latest(str(second.folder)))
    assert len(second.history.losses) == at
    second.train(nothing)
    # To the last bit but for the order in which several threads add up.
    np.testing.assert_allclose(second.history.losses, whole.history.losses, rtol=1e-3)
    assert second.history.validations == whole.history.validations
    for name, array in whole.training.network.variables.arrays().items():
        np.testing.assert_allclose(second.training.network.variables.arrays()[name], array, atol=1e-3)


def test_checkpoints_are_made_and_the_oldest_go(session):
    """One every 10 iterations, and one at the end; three of them stay; the best stands beside them."""
    trained = session(iterations=45, save_every=10, keep=3)
    trained.train(nothing)
    assert sorted(trained.parts.checkpoints.checkpoints_in(str(trained.folder))) == [30, 40, 45]
    assert (trained.folder / "best.npz").exists()


def test_the_optimizers_memory_is_kept(session):
    """Adam: two arrays and a count for each variable, so that a checkpoint is three times the network."""
    trained = session()
    names = trained.arrays()
    weights = [name for name in names if "/state" not in name]
    assert len(names) == 4 * len(weights)
    kept, _ = trained.parts.checkpoints.restore(trained.save([]))
    assert set(kept) == set(names)


def test_another_network_is_refused_and_nothing_changed(session):
    """The names and the shapes that differ are in one line, and the network is as it was."""
    path = session("small").save([])
    other = session("large", filters=(2, 5))
    before = other.training.network.variables.arrays()
    with pytest.raises(FolderError) as caught:
        other.restore(path)
    assert "conv2/kernel has shape (5, 5, 2, 3) in the checkpoint, (5, 5, 2, 5) in the network" in str(
        caught.value
    )
    assert "\n" not in str(caught.value)
    with pytest.raises(FolderError, match="conv2/bias"):
        other.restore_weights(path)
    with pytest.raises(FolderError, match="dense1/kernel is not in the network"):
        session("line", network="linear").restore_weights(path)
    for name, array in other.training.network.variables.arrays().items():
        np.testing.assert_array_equal(array, before[name])


def test_a_checkpoint_cut_short_is_refused(session):
    trained = session()
    path = trained.save([])
    with open(path, "r+b") as file:
        file.truncate(500)
    with pytest.raises(FolderError, match="no checkpoint that can be read"):
        trained.restore(path)


SAVE_FOR_EVER = """
import sys
from pathlib import Path
from trainer.devices import choose_devices
from trainer.parts import load_parts
from trainer.session import Session
from trainer.settings import settings_for

kit, folder = map(Path, sys.argv[1:])
settings = settings_for("dense", parts=str(kit / "solutions"), iterations=5, units=(400,), keep=2)
parts = load_parts(kit / "solutions")
session = Session(parts, settings, None, folder, choose_devices("one"))
for step in range(10**9):
    session.training.iteration.assign(step)
    session.history.losses.append(0.5)
    session.save([])
    print(step, flush=True)
"""


def test_a_killed_save_costs_nothing(session, tmp_path):
    """A process that does nothing but save is killed in the middle: the latest checkpoint can be taken up."""
    folder = tmp_path / "killed"
    process = subprocess.Popen(
        [sys.executable, "-c", SAVE_FOR_EVER, str(KIT), str(folder)],
        env={**os.environ, "PYTHONPATH": str(KIT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    for _ in range(20):
        process.stdout.readline()
    # Not right after a save, but somewhere in one.
    time.sleep(0.013)
    process.kill()
    # On a busy machine it may have saved no more since.
    said = int((process.stdout.read().split() or ["19"])[-1])
    process.wait()
    trained = session("killed", network="dense", units=(400,), keep=2)
    path = trained.parts.checkpoints.latest(str(folder))
    trained.restore(path)
    assert trained.iteration in (said, said + 1)
    assert len(trained.history.losses) == trained.iteration


def test_a_folder_is_not_overwritten(session):
    """A second training in a folder is refused; cleared, it is taken, and other files in it stay."""
    first = session()
    first.begin()
    first.train(nothing)
    (first.folder / "notes.txt").write_text("mine")
    second = session()
    with pytest.raises(FolderError, match="already holds a run"):
        second.begin()
    second.clear()
    second.begin()
    assert sorted(path.name for path in second.folder.iterdir()) == ["notes.txt", "settings.json"]


LOAD_ALONE = """
import sys
import numpy as np
import tensorflow as tf

model = tf.saved_model.load(sys.argv[1])
images = np.load(sys.argv[2])
said = model.predict(images)
print(sorted(said), sorted(model.signatures))
np.save(sys.argv[3], said["logits"])
print(float(model.evaluate(images, tf.zeros(len(images), tf.int64))["accuracy"]))
assert not any(name.split(".")[0] in ("trainer", "autograder", "layers") for name in sys.modules)
"""


def test_a_network_runs_without_its_code(session, data, tmp_path):
    """TensorFlow alone loads the SavedModel: named inputs and outputs, the same logits."""
    trained = session()
    trained.train(nothing)
    export(trained.training.network, tmp_path / "model")
    # Once more: it takes the place of the former one.
    export(trained.training.network, tmp_path / "model")
    np.save(tmp_path / "images.npy", data.test.images)
    said = subprocess.run(
        [sys.executable, "-c", LOAD_ALONE, tmp_path / "model", tmp_path / "images.npy", tmp_path / "out.npy"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert said[0] == "['logits', 'predictions', 'probabilities'] ['evaluate', 'predict']"
    logits = trained.logits(data.test.images)
    np.testing.assert_allclose(np.load(tmp_path / "out.npy"), logits, atol=1e-4)
    assert float(said[1]) == pytest.approx(float((logits.argmax(axis=1) == 0).mean()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["images.npy", "model", "out.npy", "run"]


def test_evaluation_is_scikit_learns():
    """Accuracy, loss, probabilities and confusion matrix of random logits."""
    rng = np.random.default_rng(0)
    classification = load_parts(KIT / "solutions").classification
    logits = rng.normal(0, 5, (50, 4)).astype(np.float32)
    evaluation = Evaluation(logits, rng.integers(0, 4, 50), classification)
    assert evaluation.accuracy == sklearn.metrics.accuracy_score(evaluation.labels, evaluation.predicted)
    probabilities = evaluation.probabilities.astype(np.float64)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    assert evaluation.loss == pytest.approx(
        sklearn.metrics.log_loss(evaluation.labels, probabilities), rel=1e-4
    )
    matrix = sklearn.metrics.confusion_matrix(evaluation.labels, evaluation.predicted)
    np.testing.assert_array_equal(evaluation.confusion(4), matrix)
    assert (
        str(evaluation)
        == f"{evaluation.accuracy:.1%} ({evaluation.correct} / 50), loss {evaluation.loss:.4g}"
    )


def test_a_wrong_momentum_spoils_the_training(session, tmp_path):
    """The optimizer's part is the learner's: with the velocity's sign turned round, the loss climbs."""
    parts = tmp_path / "parts"
    parts.mkdir()
    for path in (KIT / "solutions").glob("*.py"):
        (parts / path.name).write_text(path.read_text())
    chosen = {
        "network": "dense",
        "optimizer": "momentum",
        "initializer": "he_normal",
        "learning_rate": 0.02,
        "iterations": 40,
    }
    right = session("right", **chosen, parts=parts)
    right.train(nothing)
    source = (parts / "optimizers.py").read_text()
    wrong_sign = source.replace(
        "momentum * velocity - learning_rate * gradient", "momentum * velocity + learning_rate * gradient"
    )
    assert wrong_sign != source
    (parts / "optimizers.py").write_text(wrong_sign)
    wrong = session("wrong", **chosen, parts=parts)
    wrong.train(nothing)
    assert np.mean(right.history.losses[-5:]) < 0.9 * right.history.losses[0]
    assert not np.mean(wrong.history.losses[-5:]) < 1.5 * wrong.history.losses[0]
