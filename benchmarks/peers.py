"""The same work by other graders and by this one: an exercise with TensorFlow, a property of 100 examples.

python benchmarks/peers.py [SUBMISSIONS]: makes a virtual environment for the peers in build/peers, then has
each grade the same right submissions: `nbgrader autograde`, `otter run`, pytest in a fresh process for each,
and `autograder grade` with the sandbox on. Whole processes are timed; each score is looked at.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "build" / "peers"
PACKAGES = (
    "nbgrader==0.9.6",
    "otter-grader==7.0.0",
    "ipykernel==7.4.0",
    "hypothesis",
    "pytest",
    "tensorflow",
)
POINTS = 10

SOLUTION = '''import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf


def relu(features):
    """Return max(x, 0) of every number, as an array."""
    return tf.nn.relu(features).numpy()
'''
PROPERTY = """from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays
import numpy as np

examples = settings(max_examples=100, derandomize=True, database=None, deadline=None)
features = arrays(np.float32, st.integers(1, 20), elements=st.integers(-9, 9))
"""
IN_NOTEBOOK = """
def check(features):
    assert np.array_equal(relu(features), np.maximum(features, 0))

examples(given(features=features)(check))()
"""
IN_PYTEST = """
from relu import relu

@examples
@given(features=features)
def test_relu(features):
    assert np.array_equal(relu(features), np.maximum(features, 0))
"""
OURS = """
from autograder import same

@examples
@given(features=features)
def test_relu(relu, features):
    '''max(x, 0).'''
    assert relu.relu(features) == same(np.maximum(features, 0))
"""
GRADING = f"""
title = "One function"

[[exercises]]
name = "relu"
part = "One"
points = {POINTS}
difficulty = 1
minutes = 5
"""


def peers_python() -> Path:
    """Return the peers' interpreter, in an environment that is made once."""
    done = PEERS / ".installed"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        constraints = ROOT / "constraints.txt"
        pinned = [line for line in constraints.read_text().splitlines() if line.startswith("tensorflow==")]
        install = [
            PEERS / "bin" / "pip",
            "install",
            "--quiet",
            *PACKAGES,
            *(line.partition(";")[0] for line in pinned),
        ]
        subprocess.run(install, check=True)
        done.touch()
    return PEERS / "bin" / "python"


def run(*command: str | Path, folder: Path) -> str:
    """Run a command as an instructor would, and return what it printed."""
    environment = {**os.environ, "PATH": f"{PEERS / 'bin'}:{os.environ['PATH']}", "TF_CPP_MIN_LOG_LEVEL": "3"}
    finished = subprocess.run(
        [str(word) for word in command], cwd=folder, env=environment, capture_output=True, text=True
    )
    if finished.returncode:
        raise SystemExit(f"{command[0]} failed:\n{finished.stdout}\n{finished.stderr}")
    return finished.stdout


def write_notebook(path: Path, cells: list[tuple[str, str, dict]]) -> None:
    """Write a notebook of cells: kind, text, metadata."""
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {"id": f"cell-{number}", "cell_type": kind, "source": text, "metadata": metadata}
            | ({"outputs": [], "execution_count": None} if kind == "code" else {})
            for number, (kind, text, metadata) in enumerate(cells)
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))


def nbgrader(folder: Path, count: int) -> Callable[[], list[float]]:
    """Make a course of nbgrader's, and return what grades it."""
    common = {"locked": False, "schema_version": 3, "task": False}
    answer = {**common, "grade": False, "grade_id": "relu", "solution": True}
    test = {**common, "grade": True, "grade_id": "test_relu", "solution": False, "points": POINTS}
    cells = [
        ("code", SOLUTION, {"nbgrader": answer}),
        ("code", PROPERTY + IN_NOTEBOOK, {"nbgrader": {**test, "locked": True}}),
    ]
    marked = SOLUTION.replace("    return", "    ### BEGIN SOLUTION\n    return") + "    ### END SOLUTION\n"
    write_notebook(
        folder / "source" / "ps1" / "relu.ipynb", [("code", marked, {"nbgrader": answer}), cells[1]]
    )
    for number in range(count):
        write_notebook(folder / "submitted" / f"s{number}" / "ps1" / "relu.ipynb", cells)
    program = PEERS / "bin" / "nbgrader"
    run(program, "generate_assignment", "ps1", "--create", folder=folder)

    def grade() -> list[float]:
        run(program, "autograde", "ps1", folder=folder)
        scores = (
            "from nbgrader.api import Gradebook\n"
            "with Gradebook('sqlite:///gradebook.db') as book:\n"
            "    print([one.score for one in book.assignment_submissions('ps1')])\n"
        )
        return json.loads(run(peers_python(), "-c", scores, folder=folder))

    return grade


def otter(folder: Path, count: int) -> Callable[[], list[float]]:
    """Make an assignment of Otter's, and return what grades it."""
    write_notebook(
        folder / "relu.ipynb",
        [
            ("raw", "# ASSIGNMENT CONFIG\ngenerate: true\n", {}),
            ("raw", f"# BEGIN QUESTION\nname: q1\npoints: {POINTS}\n", {}),
            ("raw", "# BEGIN SOLUTION", {}),
            ("code", SOLUTION, {}),
            ("raw", "# END SOLUTION", {}),
            ("raw", "# BEGIN TESTS", {}),
            ("code", PROPERTY + IN_NOTEBOOK, {}),
            ("raw", "# END TESTS", {}),
            ("raw", "# END QUESTION", {}),
        ],
    )
    program = PEERS / "bin" / "otter"
    run(program, "assign", "relu.ipynb", "dist", "--no-pdfs", folder=folder)
    (archive,) = (folder / "dist" / "autograder").glob("*.zip")
    for number in range(count):
        (folder / f"s{number}").mkdir()
        shutil.copy(folder / "dist" / "autograder" / "relu.ipynb", folder / f"s{number}")

    def grade() -> list[float]:
        scores = []
        for number in range(count):
            place = folder / f"s{number}"
            run(program, "run", "relu.ipynb", "-a", archive, "--no-logo", folder=place)
            results = json.loads((place / "results.json").read_text())
            scores.append(sum(test.get("score", 0) for test in results["tests"]))
        return scores

    return grade


def fresh_pytest(folder: Path, count: int) -> Callable[[], list[float]]:
    """Make a folder for each submission, the test beside it."""
    for number in range(count):
        place = folder / f"s{number}"
        place.mkdir(parents=True)
        (place / "relu.py").write_text(SOLUTION)
        (place / "test_relu.py").write_text(PROPERTY + IN_PYTEST)

    def grade() -> list[float]:
        command = (peers_python(), "-m", "pytest", "-q", "test_relu.py")
        printed = [run(*command, folder=folder / f"s{number}") for number in range(count)]
        return [POINTS * ("1 passed" in text) for text in printed]

    return grade


def ours(folder: Path, count: int) -> Callable[[], list[float]]:
    """Make a course of this kit's."""
    course = folder / "course"
    for name, text in (
        ("grading.toml", GRADING),
        (
            "exercises/relu.py",
            SOLUTION.replace("return tf.nn.relu(features).numpy()", "raise NotImplementedError()"),
        ),
        ("tests/hidden/test_relu.py", PROPERTY + OURS),
    ):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text)
    for number in range(count):
        place = folder / "submissions" / f"s{number}"
        place.mkdir(parents=True)
        (place / "relu.py").write_text(SOLUTION)

    def grade() -> list[float]:
        command = (
            sys.executable,
            "-m",
            "autograder",
            "grade",
            folder / "submissions",
            "--out",
            folder / "out",
        )
        run(*command, "--force", folder=course)
        with (folder / "out" / "class.csv").open() as file:
            return [float(row["earned"]) for row in csv.DictReader(file)]

    return grade


def main(count: int) -> None:
    """Print a row for each grader: the whole command for one submission and for all, and each further one."""
    peers_python()
    graders = {
        "nbgrader autograde": nbgrader,
        "otter run": otter,
        "pytest, a fresh process each": fresh_pytest,
        "autograder grade, sandbox on": ours,
    }
    whole: dict[str, float] = {}
    further: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, prepare in graders.items():
            seconds = {}
            for size in (1, count):
                place = Path(scratch) / f"{len(whole)}-{size}"
                place.mkdir()
                grade = prepare(place, size)
                times = []
                # Ours is so short that one run would say little.
                for _ in range(5 if prepare is ours else 1):
                    begun = time.perf_counter()
                    scores = grade()
                    times.append(time.perf_counter() - begun)
                    if scores != [POINTS] * size:
                        raise SystemExit(f"{name}: scores {scores}")
                seconds[size] = statistics.median(times)
            whole[name] = seconds[count]
            further[name] = (seconds[count] - seconds[1]) / (count - 1)
    (own,) = (name for name, prepare in graders.items() if prepare is ours)
    print(f"{count} submissions, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| | all, from start to end | ours against it | each further one | ours against it |")
    print("|---|---|---|---|---|")
    for name in graders:
        columns = [
            f"{taken[name]:.{digits}f} s | {taken[name] / taken[own]:.0f}x"
            for taken, digits in ((whole, 1), (further, 2))
        ]
        print(f"| `{name}` | {' | '.join(columns)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
