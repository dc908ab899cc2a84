"""The small class that `examples/make_class.py` makes is graded as its names promise."""

from __future__ import annotations

import importlib.util
import json

import pytest

from autograder.course import read_course


@pytest.fixture(scope="module")
def make_class(pytestconfig):
    """The script that writes the class, as a module."""
    spec = importlib.util.spec_from_file_location(
        "make_class", pytestconfig.rootpath / "examples/make_class.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Some of each kind: NumPy alone, TensorFlow, files, objects. `autograder verify` looks at all exercises, and
# `tests/attacks` hold what never answers.
SOME = ("padding", "batching", "checkpoints", "layers")


def test_each_gets_what_it_deserves(pytestconfig, make_class, autograder, tmp_path):
    root, submissions, out = pytestconfig.rootpath, tmp_path / "class", tmp_path / "results"
    make_class.write_class(submissions)
    options = ("--out", out, "-j", 2, "--only", ",".join(SOME))
    finished = autograder(root, "grade", submissions, *options)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    exercises = read_course(root).exercises
    points = {exercise.name: exercise.points for exercise in exercises if exercise.name in SOME}
    half = [exercise.name for exercise in exercises][: len(exercises) // 2]
    graded = {}
    for path in (out / "records").glob("*.json"):
        record = json.loads(path.read_text())
        graded[record["learner"]] = {exercise["name"]: exercise["earned"] for exercise in record["exercises"]}
    assert graded["perfect"] == points
    assert set(graded["untouched"].values()) == {0}
    assert graded["half_done"] == {name: points[name] if name in half else 0 for name in SOME}
    assert graded["onemodule (41)"] == {name: points[name] if name == "padding" else 0 for name in SOME}
    assert all(graded["wrong"][name] < points[name] for name in SOME)
    assert set(graded["hostile"].values()) == {0}
