"""Fixtures: the tiny course, and the two command lines that people use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.autograder.tiny import KIT, write_course

# Its suites are for the grader.
collect_ignore = ["tiny_course"]

# A busy machine is slow in everything.
settings.register_profile("kit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kit")

# A shell's background job ignores Ctrl-C, and so would every process that a test starts and then stops with it.
signal.signal(signal.SIGINT, signal.default_int_handler)


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
            timeout=900,
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
            timeout=600,
        )

    return run
