"""Find the known mistakes in a learner's exercise: run its hidden suite and diagnose the failures."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from autograder import UserError
from autograder.course import Course
from autograder.examiner.pool import ExaminerPool
from autograder.protocol.failure import Outcome


class CannotTell(UserError):
    """The comparison is not possible with this course or on this machine; the text says why."""


@dataclass(frozen=True)
class Why:
    """The mistakes in an exercise.

    Attributes:
        mistakes: the sentence of each mistake, and the location to edit; mistakes with equal answers share a text.
        wrong: the number of hidden tests that fail because of a wrong answer.
        unanswered: the number that fail without an answer: not written yet, or cannot be called.
    """

    mistakes: list[tuple[str, str]]
    wrong: int
    unanswered: int


def why(course_folder: Path, course: Course, exercise: str) -> Why:
    """Compare an exercise's wrong answers with the known mistakes.

    Raises:
        CannotTell: if the comparison is not possible.
        ExaminerLost: if the suite could not be run.
        OSError: if an exercise cannot be read.
    """
    suite = course_folder / "tests" / "hidden" / f"test_{exercise}.py"
    if not suite.is_file() or not (course_folder / "tests" / "mistakes" / exercise).is_dir():
        raise CannotTell(f"this course does not include the known mistakes of {exercise}")
    if os.name != "posix":
        raise CannotTell("comparing with the known mistakes needs Linux or macOS")
    if find_spec("tensorflow") is None:
        raise CannotTell(
            "comparing with the known mistakes needs tensorflow: pip install 'convolution-course[grade]'"
        )
    paths = {name: course_folder / "exercises" / f"{name}.py" for name in course.names}
    files = {path.name: path.read_bytes() for path in paths.values() if path.is_file()}
    with ExaminerPool(course_folder, course, course.with_needs([exercise])) as pool:
        examination = pool.examine(files, [suite], [exercise])
    found: dict[str, str] = {}
    for test, sentences in examination.mistakes.items():
        failure = examination.results[test].failure
        edit = failure.edit if failure else None
        found.setdefault(" Or: ".join(sentences), f"exercises/{edit}" if edit else "")
    failures = [result.failure for result in examination.results.values() if result.failure]
    wrong = sum(failure.outcome is Outcome.WRONG for failure in failures)
    return Why(list(found.items()), wrong, len(failures) - wrong)
