"""Run hidden suites on a learner's own exercises, for courses that include them."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from autograder import UserError
from autograder.course import Course, need_tensorflow
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import Examination
from autograder.examiner.scoring import score
from autograder.records import GradedExercise


class CannotCheck(UserError):
    """The hidden suite cannot be run with this course or on this machine; the text says why."""


def check(course_folder: Path, course: Course, exercise: str) -> GradedExercise:
    """Grade a learner's own exercise, as an instructor does; earlier exercises are run too, to find what is at fault.

    Raises:
        CannotCheck: if the hidden suite cannot be run.
        ExaminerLost: if it ended early.
        OSError: if an exercise cannot be read.
    """
    names = course.with_needs([exercise])
    examination = examine(course_folder, course, names, diagnosed=[exercise])
    (graded,) = score(examination, course, [exercise])
    return graded


def examine(course_folder: Path, course: Course, names: list[str], diagnosed: list[str]) -> Examination:
    """Run the hidden suites of exercises on a learner's own modules.

    Args:
        course_folder: the course folder.
        course: the parsed `grading.toml`.
        names: the exercises whose suites are run.
        diagnosed: those whose wrong answers are compared with the known mistakes.

    Raises:
        CannotCheck: if they cannot be run.
        ExaminerLost: if they ended early.
        OSError: if an exercise cannot be read.
    """
    suites = {name: course_folder / "tests" / "hidden" / f"test_{name}.py" for name in names}
    for name, suite in suites.items():
        if not suite.is_file():
            raise CannotCheck(f"this course does not include the hidden tests of {name}")
    if os.name != "posix":
        raise CannotCheck("the hidden tests need Linux or macOS")
    needed = course.with_needs(names)
    if need_tensorflow(course_folder, needed) and find_spec("tensorflow") is None:
        raise CannotCheck("these hidden tests need tensorflow: pip install 'convolution-course[grade]'")
    paths = (course_folder / "exercises" / f"{name}.py" for name in course.names)
    files = {path.name: path.read_bytes() for path in paths if path.is_file()}
    with ExaminerPool(course_folder, course, needed) as pool:
        return pool.examine(files, list(suites.values()), diagnosed)
