"""Parts from one folder or two: whose code each is, and what is said of those that do not work."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from tests.trainer.conftest import KIT
from trainer.parts import PartsError, blame, load_parts


@pytest.fixture
def folder(tmp_path):
    """A copy of the reference's parts, to break."""
    return shutil.copytree(KIT / "solutions", tmp_path / "parts")


def test_all_parts_come_from_the_folder(folder):
    parts = load_parts(folder)
    for module in (parts.networks, parts.training, parts.checkpoints):
        assert module.__file__ == str(folder / f"{module.__name__}.py")
    assert parts.whose() == f"all parts are from {folder}"


def test_some_parts_are_the_references(folder):
    """The reference's layers call the folder's own padding."""
    (folder / "layers.py").write_text("raise SystemExit\n")
    padding = folder / "padding.py"
    padding.write_text(padding.read_text() + "\n\nMINE = True\n")
    parts = load_parts(folder, ["layers"], KIT / "solutions")
    network = parts.networks.Network("cnn")
    layers = type(network.variables).__module__
    import importlib

    assert importlib.import_module(layers).__file__ == str(KIT / "solutions" / "layers.py")
    assert importlib.import_module("padding").MINE
    assert parts.whose().endswith("; from the reference: layers")
    assert f"from {folder}: arrays, backpropagation, batching, checkpoints" in parts.whose()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("training", None, "has no training.py: write it, or use the reference with --reference training"),
        ("padding", "def same_padding(:\n", "padding.py:1: syntax error: "),
        ("padding", "1 / 0\n", "padding.py:1: ZeroDivisionError: division by zero"),
        ("padding", "x = 1\n", "ImportError: cannot import name 'crop_or_pad' from 'padding'"),
    ],
)
def test_parts_that_cannot_be_used(folder, name, text, message):
    if text is None:
        (folder / f"{name}.py").unlink()
    else:
        (folder / f"{name}.py").write_text(text)
    with pytest.raises(PartsError) as caught:
        load_parts(folder)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_reference_that_there_is_not(folder, tmp_path):
    with pytest.raises(PartsError, match="--reference paddings: there is no"):
        load_parts(folder, ["paddings"], KIT / "solutions")
    with pytest.raises(PartsError, match="no such folder"):
        load_parts(tmp_path / "nowhere")


def test_what_is_not_written_is_named():
    """Of an untouched folder: the function, its line, and how to borrow it."""
    parts = load_parts(KIT / "exercises")
    with pytest.raises(NotImplementedError) as caught:
        parts.networks.Network("cnn")
    line = blame(caught.value)
    assert line is not None
    assert "is not written yet: write it, or use the reference with --reference layers" in line
    assert "exercises/layers.py:" in line


def test_an_exception_of_a_part_has_its_place(folder):
    """Inside tf.function too, where TensorFlow wraps the text."""
    (folder / "dense.py").write_text(
        (folder / "dense.py").read_text() + "\n\ndef relu(x):\n    raise ValueError('too steep')\n"
    )
    parts = load_parts(folder)
    line = (folder / "dense.py").read_text().splitlines().index("    raise ValueError('too steep')") + 1
    with pytest.raises(ValueError, match="too steep") as caught:
        parts.networks.Network("cnn")
    assert blame(caught.value) == f"{folder / 'dense.py'}:{line}: ValueError: too steep"
    assert blame(ValueError("of nobody")) is None
    load_parts(KIT / "solutions")
    assert np.shape(parts.checkpoints.latest(str(folder))) == ()
