"""Gradescope: the autograder that an instructor uploads there, made of this course.

What it must hold, and where Gradescope puts it: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course
from autograder.course_files import course_files
from autograder.release import CannotRelease, packages
from autograder.sandbox import Level

EXECUTABLE = ("setup.sh", "run_autograder")
_FILES = Path(__file__).parent / "files"


def upload_files(
    folder: Path, course: Course, only: list[str], sandbox: Level, leaderboard: bool
) -> dict[str, bytes]:
    """Return what is in the zip file for Gradescope, by name.

    Args:
        folder: of the course.
        course: what its `grading.toml` says.
        only: the exercises that Gradescope grades.
        sandbox: around each submission.
        leaderboard: whether learners see a table of their points.

    Raises:
        CannotRelease: where the kit cannot be installed from its files.
        OSError: where something cannot be read.
    """
    options = [f"--sandbox {sandbox.value}", f"--only {','.join(only)}"]
    options += ["--leaderboard"] if leaderboard else []
    run = (_FILES / "run_autograder").read_text(encoding="utf-8")
    files = {
        "setup.sh": (_FILES / "setup.sh").read_bytes(),
        "run_autograder": run.replace("OPTIONS", " ".join(options)).encode(),
    }
    files |= {f"kit/{name}": content for name, content in _kit_files().items()}
    return files | {f"course/{name}": content for name, content in course_files(folder, course).items()}


def _kit_files() -> dict[str, bytes]:
    """Return what it takes to install the kit."""
    root = Path(__file__).resolve().parents[2]
    names = ("pyproject.toml", "README.md", "LICENSE", "constraints.txt")
    if missing := [name for name in names if not (root / name).is_file()]:
        raise CannotRelease(f"{root / missing[0]} is missing: run this from the kit's own folder")
    return packages() | {name: (root / name).read_bytes() for name in names}
