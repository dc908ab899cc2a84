"""Show a learner's own function at work, by the program that the course brings for it."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from autograder import UserError
from autograder.course import Course
from autograder.learner.pytest_process import output_of


class NoDemonstration(UserError):
    """There is nothing to see; the text says why."""


def demonstrate(course_folder: Path, course: Course, exercise: str, cancel: threading.Event) -> str:
    """Run the course's program for an exercise, and return what it printed.

    Args:
        course_folder: the course folder.
        course: the parsed `grading.toml`.
        exercise: its name.
        cancel: ends the program as soon as it is set.

    Raises:
        NoDemonstration: if the course has none, or it fails.
        Cancelled: if it was.
    """
    if not course.demonstration:
        raise NoDemonstration("this course has no demonstrations")
    process = subprocess.Popen(
        [sys.executable, "-m", *course.demonstration.split(), exercise],
        cwd=course_folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    printed, problem = output_of(process, cancel)
    if process.returncode:
        raise NoDemonstration(problem.strip() or f"the demonstration of {exercise} failed")
    return printed.strip()
