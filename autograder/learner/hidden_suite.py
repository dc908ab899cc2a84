"""Run hidden suites on a learner's own exercises, for courses that include them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    with _examining(course_folder, course, names) as examined:

        def again(name: str, stand_ins: dict[str, list[str]]) -> Examination:
            return examined([name], [exercise], stand_ins)

        examination = examined(names, [exercise], {})
        (graded,) = score(examination, course, [exercise], again=again)
    return graded


def examine(course_folder: Path, course: Course, exercise: str) -> Examination:
    """Run the hidden suite of an exercise on a learner's own module; explain its wrong answers.

    Raises:
        CannotCheck: if they cannot be run.
        ExaminerLost: if they ended early.
        OSError: if an exercise cannot be read.
    """
    with _examining(course_folder, course, [exercise]) as examined:
        return examined([exercise], [exercise], {})


# Runs the suites of some exercises, diagnoses some, and has the solutions answer for some functions.
_Examined = Callable[[list[str], list[str], dict[str, list[str]]], Examination]


@contextmanager
def _examining(course_folder: Path, course: Course, names: list[str]) -> Iterator[_Examined]:
    """Return what examines a learner's own modules, if the suites of `names` can be run."""
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

        def examined(run: list[str], diagnosed: list[str], stand_ins: dict[str, list[str]]) -> Examination:
            return pool.examine(files, [suites[name] for name in run], diagnosed, stand_ins=stand_ins)

        yield examined
