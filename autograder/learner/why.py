"""Find what is wrong with a learner's answers: run the hidden suite and diagnose the failures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.learner.hidden_suite import examine
from autograder.protocol.failure import Outcome


@dataclass(frozen=True)
class Why:
    """What is wrong with an exercise's answers.

    Attributes:
        mistakes: the sentence on each mistake, and the location to edit; mistakes with equal answers share a text.
        wrong: the number of hidden tests that fail because of a wrong answer.
        unanswered: the number that fail without an answer: not written yet, or cannot be called.
    """

    mistakes: list[tuple[str, str]]
    wrong: int
    unanswered: int


def why(course_folder: Path, course: Course, exercise: str) -> Why:
    """Compare an exercise's wrong answers with the known mistakes, or find what they have in common.

    Raises:
        CannotCheck: if this course does not include the hidden suite.
        ExaminerLost: if the suite could not be run.
        OSError: if an exercise cannot be read.
    """
    examination = examine(course_folder, course, exercise)
    found: dict[str, str] = {}
    for test, sentences in examination.mistakes.items():
        failure = examination.results[test].failure
        edit = failure.edit if failure else None
        found.setdefault(" Or: ".join(sentences), f"exercises/{edit}" if edit else "")
    failures = [result.failure for result in examination.results.values() if result.failure]
    wrong = sum(failure.outcome is Outcome.WRONG for failure in failures)
    return Why(list(found.items()), wrong, len(failures) - wrong)
