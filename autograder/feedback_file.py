"""What a learner is sent: each exercise's score, and of a failing test as much as the course discloses."""

from __future__ import annotations

from pathlib import Path

from autograder.feedback import Failure
from autograder.record import GradedExercise, GradedTest, Record, record_path


def feedback_path(results: Path, learner: str) -> Path:
    """Return the file of a learner's feedback."""
    return results / "feedback" / f"{record_path(results, learner).stem}.md"


def feedback_text(record: Record, disclosure: str) -> str:
    """Return a learner's feedback, in Markdown.

    Args:
        record: the graded submission.
        disclosure: how much of a hidden test is shown: "full", "example" (not what was expected) or "name"
            (the idea alone).
    """
    lines = [f"# {record.earned:g} of {record.points:g} points", ""]
    if record.problem:
        lines += [record.problem, ""]
    lines += [f"{note}\n" for note in record.notes]
    if record.late_penalty:
        lines += [f"Late: {record.late_penalty:.0%} of the points are taken off.", ""]
    for exercise in record.exercises:
        lines += _exercise_lines(exercise, disclosure)
    lines += [f"Graded {record.graded:%Y-%m-%d %H:%M} UTC, sandbox: {record.sandbox}."]
    return "\n".join(lines) + "\n"


def _exercise_lines(exercise: GradedExercise, disclosure: str) -> list[str]:
    head = (
        f"{exercise.passed} of {len(exercise.tests)} tests, {exercise.earned:g} of {exercise.points:g} points"
    )
    lines = [f"## {exercise.name}: {head}", ""]
    if exercise.unwritten:
        return [*lines, "Not written yet.", ""]
    told: set[str] = set()
    for test in exercise.tests:
        if test.outcome == "passed":
            continue
        reason = reason_of(test, disclosure)
        if reason not in told:
            lines += [*_test_lines(test, disclosure), ""]
        elif test.failure and test.failure.mistakes:
            lines += [f"- {test.idea}", "  (the same mistake)", ""]
        told.add(reason)
    return lines


def reason_of(test: GradedTest, disclosure: str) -> str:
    """Return what is said once, however many tests fail for it."""
    if test.failure and test.failure.mistakes and disclosure != "name":
        return " ".join(test.failure.mistakes)
    # A module that cannot be imported fails every test.
    return test.failure.difference if test.failure and test.failure.kind != "wrong" else test.id


def _test_lines(test: GradedTest, disclosure: str) -> list[str]:
    if test.failure is None:
        return [f"- {test.idea}", f"  ({test.outcome})"]
    if test.failure.kind in ("unusable", "needs"):
        return [f"- {test.failure.difference}"]
    return [f"- {test.idea}", "", *(f"      {line}" for line in disclosed(test.failure, disclosure).lines())]


def disclosed(failure: Failure, disclosure: str) -> Failure:
    """Return as much of a failure as is shown to a learner, without the idea, which is shown in any case."""
    if failure.kind == "unwritten" or disclosure == "full":
        return failure.model_copy(update={"idea": ""})
    if disclosure == "example":
        # Without a call it is about the submission as a whole, and tells nothing of the test.
        difference = "" if failure.calls else failure.difference
        return failure.model_copy(update={"idea": "", "expected": "", "difference": difference})
    return failure.model_copy(
        update=dict.fromkeys(("idea", "expected", "difference", "came_back"), "")
        | {"calls": [], "mistakes": [], "histogram": None}
    )
