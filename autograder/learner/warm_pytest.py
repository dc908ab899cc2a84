"""While `watch` runs, pytest begins at once: it is imported already, and TensorFlow where it is needed."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from autograder.course import Course, need_tensorflow
from autograder.parents import Parent
from autograder.pytest_process import WARM_PARENT


class WarmPytest:
    """A context in which `run_pytest` forks a warm process: on Linux; other systems' libraries may forbid it.

    Args:
        folder: of the course.
        course: what its `grading.toml` says.
    """

    def __init__(self, folder: Path, course: Course):
        self._folder = folder
        self._course = course
        self._parent: Parent | None = None
        self._has_tensorflow = False
        self._address = Path()

    def __enter__(self) -> WarmPytest:
        self._address = Path(tempfile.mkdtemp(prefix="autograder-"))
        return self

    def __exit__(self, *_: object) -> None:
        os.environ.pop(WARM_PARENT, None)
        if self._parent:
            self._parent.end()
        shutil.rmtree(self._address, ignore_errors=True)

    def prepare(self, exercise: str) -> None:
        """Import what an exercise's tests need, where that has not been done; does not wait for it."""
        if sys.platform != "linux":
            return
        needed = need_tensorflow(self._folder, self._course.with_needs([exercise]))
        if self._parent and not self._parent.has_ended() and (self._has_tensorflow or not needed):
            return
        if self._parent:
            self._parent.end()
        self._has_tensorflow = needed
        settings = json.dumps({"modules": ["tensorflow"] if needed else []})
        self._parent = Parent([], self._address, dict(os.environ), "pytest_runner", settings)
        os.environ[WARM_PARENT] = self._parent.address
