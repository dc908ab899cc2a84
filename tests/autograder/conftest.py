"""A course of two tiny exercises, so that the grader is tested in seconds and without TensorFlow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KIT = Path(__file__).resolve().parents[2]

GRADING = """
title = "Two tiny exercises"
disclosure = "example"

[limits]
call_seconds = 2
submission_seconds = 60
memory_mib = 256
processes = 16
output_kib = 64

[[exercises]]
name = "doubling"
part = "One"
points = 10
difficulty = 1
minutes = 5

[[exercises]]
name = "tallies"
part = "Two"
points = 6
difficulty = 2
minutes = 10
"""

DOUBLING = '''"""Doubling."""

import numpy as np


def double(numbers):
    """Return every number twice as large; ValueError for none."""
    ### BEGIN SOLUTION
    if len(numbers) == 0:
        raise ValueError(f"numbers must not be empty, not {numbers}")
    return np.asarray(numbers) * 2
    ### END SOLUTION


def half(number):
    """Return half of a number."""
    ### BEGIN SOLUTION
    return number / 2
    ### END SOLUTION
'''

TALLIES = '''"""Counting."""


class Tally:
    """Counts what it is told."""

    def __init__(self, start=0):
        ### BEGIN SOLUTION
        self.count = start
        ### END SOLUTION

    def add(self, number):
        """Add and return the count."""
        ### BEGIN SOLUTION
        self.count += number
        return self.count
        ### END SOLUTION


def countdown(start):
    """Yield start, start - 1, ..., 1."""
    ### BEGIN SOLUTION
    yield from range(start, 0, -1)
    ### END SOLUTION
'''

HIDDEN_DOUBLING = '''
import numpy as np
from hypothesis import given, strategies as st

from autograder import bad_input, close, points, same


@points(3)
@given(numbers=st.lists(st.integers(-9, 9), min_size=1, max_size=5).map(np.array))
def test_each_is_doubled(doubling, numbers):
    """Every number becomes twice as large."""
    assert doubling.double(numbers) == same(numbers * 2)


def test_none_is_refused(doubling):
    """An empty list is a ValueError."""
    with bad_input("numbers", []):
        doubling.double([])


@given(number=st.integers(-99, 99))
def test_half(doubling, number):
    """Half of a number."""
    assert doubling.half(number) == close(number / 2)
'''

HIDDEN_TALLIES = '''
from itertools import islice

from autograder import points, same


@points(2)
def test_adds(tallies):
    """1 + 2 + 3 = 6."""
    tally = tallies.Tally(start=1)
    assert tally.add(2) == same(3)
    assert tally.add(3) == same(6)
    assert tally.count == same(6)


def test_counts_down(tallies):
    """3, 2, 1."""
    assert list(islice(tallies.countdown(3), 5)) == same([3, 2, 1])
'''

PUBLIC_DOUBLING = '''
from autograder import same


def test_two(doubling):
    """2 becomes 4."""
    assert doubling.double([2]) == same([4])


def test_half_of_two(doubling):
    """Half of 2 is 1."""
    assert doubling.half(2) == same(1)
'''

PUBLIC_TALLIES = '''
from autograder import same


def test_one(tallies):
    """0 + 1 = 1."""
    assert tallies.Tally().add(1) == same(1)
'''


def write_course(folder: Path) -> Path:
    """Write the course, its stubs cut by the kit itself."""
    files = {
        "grading.toml": GRADING,
        "solutions/doubling.py": DOUBLING,
        "solutions/tallies.py": TALLIES,
        "exercises/test_doubling.py": PUBLIC_DOUBLING,
        "exercises/test_tallies.py": PUBLIC_TALLIES,
        "tests/hidden/test_doubling.py": HIDDEN_DOUBLING,
        "tests/hidden/test_tallies.py": HIDDEN_TALLIES,
        "conftest.py": 'pytest_plugins = ["autograder.plugin"]\n',
        "pytest.ini": "[pytest]\naddopts = --import-mode=importlib -p no:hypothesispytest -rN\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    from autograder.cut import cut_course

    cut_course(folder, ["doubling", "tallies"])
    return folder


def until(condition: Callable[[], bool]) -> bool:
    """Wait for something that must come true soon."""
    end = time.monotonic() + 60
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def timeless_records(results: Path) -> dict[str, Any]:
    """Return the records in a folder of results, but for when they were made and how long that took."""

    def timeless(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: timeless(item) for key, item in value.items() if key not in ("graded", "seconds")}
        return [timeless(item) for item in value] if isinstance(value, list) else value

    files = (results / "records").glob("*.json")
    return {path.name: timeless(json.loads(path.read_text())) for path in files}


def shell_where_all_can_read(folders: list[Path]) -> list[str]:
    """Return the words that run a command where every user can read `folders`, in whosever home they are."""
    words = ["bwrap", "--dev-bind", "/", "/"]
    closed = {
        next((above for above in reversed(folder.parents) if not above.stat().st_mode & 0o001), None)
        for folder in folders
    } - {None}
    for place in sorted(closed):
        words += ["--tmpfs", str(place), "--chmod", "0755", str(place)]
        for folder in folders:
            if folder.is_relative_to(place):
                for above in reversed(folder.parents):
                    if above.is_relative_to(place) and above != place:
                        words += ["--dir", str(above)]
                words += ["--ro-bind", str(folder), str(folder)]
    return [*words, "--"]


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course; tests that change it write one of their own with `write_course`."""
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def autograder() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line in a folder, as an instructor does."""

    def run(
        folder: Path, *arguments: object, environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "autograder", *map(str, arguments)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(KIT), "COLUMNS": "200", **(environment or {})},
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def learner_pytest() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run pytest in a folder, as a learner does."""

    def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pytest", *map(str, arguments)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(KIT), "COLUMNS": "100"},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run
