"""The pytest fork server: while `watch` runs, pytest starts at once because it is already imported."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from autograder.course import Course, need_tensorflow
from autograder.forkserver.client import ServerProcess
from autograder.learner.pytest_process import SERVER_VARIABLE

_HANDLER = "autograder.learner.pytest_runner:PytestHandler"


class PytestServer:
    """A context in which `run_pytest` forks a process with its imports done. Linux only, where forking is safe.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.
    """

    def __init__(self, folder: Path, course: Course):
        self._folder = folder
        self._course = course
        self._server: ServerProcess | None = None
        self._has_tensorflow = False
        self._address = Path()

    def __enter__(self) -> PytestServer:
        self._address = Path(tempfile.mkdtemp(prefix="autograder-"))
        return self

    def __exit__(self, *_: object) -> None:
        os.environ.pop(SERVER_VARIABLE, None)
        if self._server:
            self._server.end()
        shutil.rmtree(self._address, ignore_errors=True)

    def prepare(self, exercise: str) -> None:
        """Start to import the libraries of an exercise's tests, unless they are loaded; do not wait."""
        if sys.platform != "linux":
            return
        needed = find_spec("tensorflow") is not None and need_tensorflow(
            self._folder, self._course.with_needs([exercise])
        )
        if self._server and not self._server.has_ended() and (self._has_tensorflow or not needed):
            return
        if self._server:
            self._server.end()
        self._has_tensorflow = needed
        settings = json.dumps({"modules": ["tensorflow"] if needed else []})
        self._server = ServerProcess([], self._address, dict(os.environ), _HANDLER, settings)
        os.environ[SERVER_VARIABLE] = self._server.address
