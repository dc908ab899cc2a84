"""Which known mistake a learner has made: one exercise in its hidden suite, and what fails diagnosed."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.examination import ExaminerLost
from autograder.examinations import Examinations


class CannotTell(Exception):
    """There is nothing to compare with, or nothing can be compared here; the text says why."""


@dataclass(frozen=True)
class Why:
    """What was found out.

    Attributes:
        mistakes: what a learner is told, each with the place to edit; several that answer alike in one text.
        wrong: how many tests of the hidden suite fail for a wrong answer.
        unanswered: how many fail because nothing answers: it is not written yet, or cannot be asked.
    """

    mistakes: list[tuple[str, str]]
    wrong: int
    unanswered: int


def why(course_folder: Path, course: Course, exercise: str) -> Why:
    """Compare an exercise's wrong answers with the known mistakes.

    Raises:
        CannotTell: where this cannot be done.
        OSError: where an exercise cannot be read.
    """
    suite = course_folder / "tests" / "hidden" / f"test_{exercise}.py"
    if not suite.is_file() or not (course_folder / "tests" / "mistakes" / exercise).is_dir():
        raise CannotTell(f"this course came without the known mistakes of {exercise}")
    if os.name != "posix":
        raise CannotTell("comparing with the known mistakes needs Linux or macOS")
    paths = {name: course_folder / "exercises" / f"{name}.py" for name in course.names}
    files = {path.name: path.read_bytes() for path in paths.values() if path.is_file()}
    with Examinations(course_folder, course, course.with_needs([exercise])) as examinations:
        try:
            examination = examinations.examine(files, [suite], [exercise])
        except ExaminerLost as error:
            raise CannotTell(str(error)) from None
    found: dict[str, str] = {}
    for test, sentences in examination.mistakes.items():
        failure = examination.results[test]["failure"]
        found.setdefault(" Or: ".join(sentences), f"exercises/{failure['edit']}")
    outcomes = Counter(result["outcome"] for result in examination.results.values())
    return Why(
        list(found.items()), outcomes["wrong"], outcomes.total() - outcomes["wrong"] - outcomes["passed"]
    )
