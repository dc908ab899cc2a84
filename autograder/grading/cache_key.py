"""Cache keys: a hash of everything the result of an exercise depends on. Equal keys are not graded again."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from autograder.course import Course
from autograder.course.kit import PACKAGE
from autograder.sandbox import Level

_LIBRARIES = ("hypothesis", "numpy", "pytest", "tensorflow")


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    # A course that needs only NumPy is graded without TensorFlow.
    installed = [name for name in _LIBRARIES if find_spec(name)]
    found = {name: importlib.metadata.version(name) for name in installed}
    return {"python": platform.python_version(), **found}


class CacheKeys:
    """The keys of a course's exercises; a change in one suite changes one key.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.
        names: the exercises to grade. A needed exercise that is not among them is part of the key.
        level: the sandbox level.

    Attributes:
        versions: the versions of Python and the libraries.
    """

    def __init__(self, folder: Path, course: Course, names: list[str], level: Level):
        self.versions = versions()
        settings = (sorted(self.versions.items()), repr(course.limits), level.value)
        given = [folder / "exercises" / f"{name}.py" for name in course.given]
        shared = [*(folder / "tests").glob("*.py"), *given, *PACKAGE.rglob("*.py")]
        self._shared = _hash(repr(settings), sorted(shared))
        self._own = {name: self._own_key(folder, course, name) for name in course.with_needs(names)}
        self._with = {
            name: [name, *(need for need in course.with_needs([name]) if need not in names)] for name in names
        }

    def _own_key(self, folder: Path, course: Course, name: str) -> str:
        entry = next(exercise for exercise in course.exercises if exercise.name == name)
        files = [
            folder / "tests" / "hidden" / f"test_{name}.py",
            folder / "tests" / "oracles" / f"{name}.py",
            *sorted((folder / "tests" / "mistakes" / name).rglob("*.py")),
            # The diagnosis compares mistakes with the solutions, and runs them with the modules they import.
            *(folder / "solutions" / f"{need}.py" for need in course.with_needs([name])),
        ]
        return _hash(self._shared + repr(entry), files)

    def of(self, name: str, submission: str) -> str:
        """Return the key of an exercise in a submission with the given hash.

        The key does not depend on whether needed exercises pass: that is known only after they are graded.
        """
        return _hash(" ".join([submission, *(self._own[one] for one in self._with[name])]), [])


def _hash(text: str, files: Iterable[Path]) -> str:
    summary = hashlib.sha256(text.encode())
    for file in files:
        content = file.read_bytes() if file.is_file() else b""
        summary.update(file.name.encode() + hashlib.sha256(content).digest())
    return summary.hexdigest()
