"""Show a learner's own function at work, by the program that the course brings for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from autograder import UserError
from autograder.course import Course

# A demonstration takes seconds; the learner's own code may take for ever.
_SECONDS = 60


class NoDemonstration(UserError):
    """There is nothing to see; the text says why."""


def demonstrate(course_folder: Path, course: Course, exercise: str) -> str:
    """Run the course's program for an exercise, and return what it printed.

    Raises:
        NoDemonstration: if the course has none, or it fails or does not end.
    """
    if not course.demonstration:
        raise NoDemonstration("this course has no demonstrations")
    command = [sys.executable, "-m", *course.demonstration.split(), exercise]
    try:
        finished = subprocess.run(
            command,
            cwd=course_folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise NoDemonstration(f"the demonstration of {exercise} did not end within {_SECONDS} s") from None
    if finished.returncode:
        raise NoDemonstration(finished.stderr.strip() or f"the demonstration of {exercise} failed")
    return finished.stdout.strip()
