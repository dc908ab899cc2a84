"""The command line, as a learner types it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest
from PIL import Image, ImageDraw

from tests.trainer.conftest import KIT

PARTS = ("--parts", KIT / "solutions")
SMALL = ("cnn", *PARTS, "--filters", "4,6", "--units", "16", "--batch-size", "50")


def test_train_evaluate_predict_resume(trainer, tmp_path):
    """From a new network to a guess about a picture; every command says where its files are."""
    options = ("--learning-rate", "0.01", "--iterations", "60", "--validate-every", "30", "--logs", "logs")
    finished = trainer(*SMALL, *options, "--folder", "run")
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    assert f"all parts are from {KIT / 'solutions'}" in finished.stdout
    assert "iteration     30: loss " in finished.stdout
    assert "all iterations done; training time: 0:" in finished.stdout
    assert " / 300), loss " in finished.stdout
    names = {path.name for path in (tmp_path / "run").iterdir()}
    pictures = ("digits", "errors", "confusion", "curves", "filters-conv1", "outputs-conv2", "histograms")
    assert {f"{name}.png" for name in (*pictures, "histograms-at-first")} <= names
    assert {"best.npz", "step-60.npz", "saved_model", "settings.json", "history.json"} <= names
    assert any((tmp_path / "logs").iterdir())

    assert "already holds a run" in trainer(*SMALL, "--folder", "run").stderr

    finished = trainer("evaluate", "run", "--no-pictures")
    assert finished.returncode == 0
    assert "test accuracy: " in finished.stdout
    assert len([line for line in finished.stdout.splitlines() if line[:2].strip().isdigit()]) == 10

    image = Image.new("L", (90, 120), 250)
    ImageDraw.Draw(image).line([(45, 20), (45, 100)], fill=10, width=12)
    image.save(tmp_path / "one.png")
    finished = trainer("predict", "run", "one.png", "nowhere.png")
    assert finished.returncode == 1
    assert finished.stderr == "nowhere.png: no such file\n"
    assert "one.png: " in finished.stdout
    assert finished.stdout.count("%") == 3

    finished = trainer("resume", "run", "--iterations", "90", "--no-pictures")
    assert finished.returncode == 0, finished.stderr
    assert "resuming after iteration 60" in finished.stdout
    assert len(json.loads((tmp_path / "run" / "history.json").read_text())["losses"]) == 90
    assert (
        "all 90 iterations are done; to train longer, use --iterations 180" in trainer("resume", "run").stderr
    )

    finished = trainer("evaluate", "run", "--checkpoint", "run/nowhere.npz")
    assert finished.stderr.strip() == "no checkpoint run/nowhere.npz"


def test_ctrl_c_leaves_a_checkpoint_and_says_how_to_go_on(trainer, tmp_path):
    command = [
        sys.executable,
        "-u",
        "-m",
        "trainer",
        *map(str, SMALL),
        "--iterations",
        "100000",
        "--no-pictures",
    ]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(KIT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests themselves run in a shell's background, Ctrl-C is ignored; not here.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout
    for line in process.stdout:
        if line.startswith("iteration"):
            break
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 130
    assert errors == ""
    assert "resume with: python -m trainer resume runs/cnn" in output
    made = int(output.split("stopped after iteration ")[1].split(";")[0].replace(",", ""))
    assert (tmp_path / "runs" / "cnn" / f"step-{made}.npz").exists()
    finished = trainer("resume", "runs/cnn", "--iterations", made + 5, "--no-pictures")
    assert f"resuming after iteration {made:,}" in finished.stdout
    assert finished.returncode == 0


def test_the_parts_of_a_learner(trainer, tmp_path):
    """What is not written is named; borrowed from the reference, the rest trains."""
    parts = shutil.copytree(KIT / "exercises", tmp_path / "exercises")
    shutil.copytree(KIT / "solutions", tmp_path / "solutions")
    finished = trainer("linear", "--iterations", "1", "--no-pictures")
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert "exercises/networks.py:" in finished.stderr or "exercises/layers.py:" in finished.stderr
    assert "is not written yet" in finished.stderr
    assert len(finished.stderr.splitlines()) == 1
    shutil.copy(KIT / "solutions" / "padding.py", parts)
    borrowed = sorted(path.stem for path in (KIT / "solutions").glob("*.py") if path.stem != "padding")
    options = ("--iterations", "3", "--filters", "2,2", "--no-pictures", "--reference", ",".join(borrowed))
    finished = trainer("cnn", *options)
    assert finished.returncode == 0, finished.stderr
    assert f"from exercises: padding; from the reference: {', '.join(borrowed)}" in finished.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("train", "resnet"), "there is no network resnet, only linear, dense, small_vgg, cnn, vgg"),
        (("cnn", "--parts", "nowhere"), "--parts nowhere: no such folder"),
        (
            ("cnn", *PARTS, "--filters", "a,b"),
            "--filters a,b: give whole numbers separated by commas, such as 16,36",
        ),
        (("cnn", *PARTS, "--data", "mnist", "--data-folder", "nowhere"), "nowhere"),
        (
            ("cnn", *PARTS, "--devices", "gpu:9"),
            "--devices gpu:9: there is no such device; choose one, all or cpu:0",
        ),
        (("cnn", *PARTS, "--initializer", "zeros"), "initializer must be one of truncated_normal, large"),
        (("resume", "nowhere"), "nowhere holds no run: it has no settings.json"),
        (
            ("compare", "colours", *PARTS),
            "there is no comparison colours, only init, optimizers, networks, activations, pooling, dropout",
        ),
    ],
)
def test_a_mistake_is_one_line(trainer, arguments, message):
    finished = trainer(*arguments)
    assert finished.returncode == 1
    assert message in finished.stderr
    assert len(finished.stderr.splitlines()) == 1


def test_the_tables_of_structure(trainer):
    """Both VGG tables and the 5 by 5 CNN: 138,357,544 parameters in VGG-16."""
    assert "138,357,544" in trainer("show", "vgg16", *PARTS).stdout
    cnn = trainer("show", "cnn", *PARTS).stdout
    assert "7 x 7 x 36" in cnn
    assert "242,062" in cnn


def test_a_comparison(trainer, tmp_path):
    finished = trainer(
        "compare", "optimizers", *PARTS, "--network", "linear", "--iterations", 20, "--seeds", 2
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.count("points better than") == 2
    folder = tmp_path / "runs" / "compare-optimizers"
    names = {path.name for path in folder.iterdir()}
    assert names == {"comparison.csv", "comparison.png", "paths.png", "curve.png"}
    assert len((folder / "comparison.csv").read_text().splitlines()) == 7
