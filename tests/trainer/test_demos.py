"""Each exercise has a demonstration: a picture of the learner's own function at work."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autograder.course import read_course
from tests.trainer.conftest import KIT
from trainer import TrainerError
from trainer.demos import NAMES, demonstrate


def test_every_exercise_has_one():
    assert sorted(NAMES) == sorted(read_course(KIT).names)


@pytest.mark.parametrize("name", NAMES)
def test_it_draws_a_picture(name, tmp_path):
    path = demonstrate(name, KIT / "solutions", (), tmp_path)
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("L"))
    assert min(pixels.shape) > 200
    # Neither blank nor one colour.
    assert len(np.unique(pixels)) > 20


def test_a_wrong_function_shows(tmp_path):
    """A convolution that returns zeros finds no edge: the picture is another one."""
    parts = tmp_path / "parts"
    parts.mkdir()
    for path in (KIT / "solutions").glob("*.py"):
        (parts / path.name).write_text(path.read_text())
    source = (parts / "convolution.py").read_text()
    wrong = source.replace(
        "np.tensordot(found, kernel, axes=3) + bias", "np.tensordot(found, kernel, axes=3) * 0"
    )
    assert wrong != source
    right = demonstrate("convolution", parts, (), tmp_path / "right").read_bytes()
    (parts / "convolution.py").write_text(wrong)
    assert demonstrate("convolution", parts, (), tmp_path / "wrong").read_bytes() != right


def test_an_unknown_exercise_is_named(tmp_path):
    with pytest.raises(TrainerError, match="there is no demonstration of cooking, only of padding"):
        demonstrate("cooking", KIT / "solutions", (), tmp_path)


def test_what_is_not_written_is_named(trainer):
    done = trainer("demo", "padding", "--parts", Path(KIT) / "exercises")
    assert done.returncode == 1
    assert "padding.output_size is not written yet" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("def vertical_edge_filter", "def edges"), "AttributeError: module 'convolution' has no attribute"),
        (("return", "return None and"), "what it gives cannot be shown"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_line(trainer, tmp_path, change, what):
    for name in ("arrays", "padding", "convolution"):
        text = (KIT / "solutions" / f"{name}.py").read_text()
        (tmp_path / f"{name}.py").write_text(text.replace(*change) if name == "convolution" else text)
    done = trainer("demo", "convolution", "--parts", tmp_path, "--folder", tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.startswith(f"{tmp_path / 'convolution.py'}: ")
    assert what in done.stderr
    assert done.stderr.count("\n") == 1
