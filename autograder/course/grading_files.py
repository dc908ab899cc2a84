"""The files of a course that grading needs on another machine."""

from __future__ import annotations

from pathlib import Path

from autograder.course import FILE_NAME, Course
from autograder.files import files_below

# Files that the hidden suites of all exercises import.
_SHARED = ("tests/__init__.py", "tests/strategies.py", "tests/oracles/__init__.py")


def course_files(folder: Path, course: Course) -> dict[str, bytes]:
    """Return the name and content of each file, without the files that only learners need.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.

    Raises:
        OSError: if a file cannot be read.
    """
    names = [FILE_NAME, *_SHARED]
    for module in course.modules:
        names += [f"solutions/{module}.py", f"exercises/{module}.py"]
    for exercise in course.names:
        names += [f"tests/hidden/test_{exercise}.py", f"tests/oracles/{exercise}.py"]
    found = {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
    for exercise in course.names:
        mistakes = f"tests/mistakes/{exercise}"
        found |= {f"{mistakes}/{name}": content for name, content in files_below(folder / mistakes).items()}
    return found
