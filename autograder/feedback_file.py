"""What a learner is sent: each exercise's score, and of a failing test as much as the course discloses."""

from __future__ import annotations

from pathlib import Path

from autograder.disclosure import disclosed, told
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
        lines.append(exercise_text(exercise, disclosure))
    lines += [f"Graded {record.graded:%Y-%m-%d %H:%M} UTC, sandbox: {record.sandbox}."]
    return "\n".join(lines) + "\n"


def exercise_text(exercise: GradedExercise, disclosure: str) -> str:
    """Return the part of a learner's feedback that is about one exercise, in Markdown."""
    head = (
        f"{exercise.passed} of {len(exercise.tests)} tests, {exercise.earned:g} of {exercise.points:g} points"
    )
    lines = [f"## {exercise.name}: {head}", ""]
    if exercise.unwritten:
        return "\n".join([*lines, "Not written yet.", ""])
    found = told(exercise, disclosure)
    for test in found.failures:
        lines += [*_test_lines(test, disclosure), ""]
    if found.again:
        lines += ["For the same reason these fail too:", ""]
        lines += [
            f"- {idea}{f' ({count} tests)' if count > 1 else ''}" for idea, count in found.again.items()
        ]
        lines.append("")
    return "\n".join(lines)


def _test_lines(test: GradedTest, disclosure: str) -> list[str]:
    if test.failure is None:
        return [f"- {test.idea}", f"  ({test.outcome})"]
    if test.failure.kind in ("unusable", "needs"):
        return [f"- {test.failure.difference}"]
    return [f"- {test.idea}", "", *(f"      {line}" for line in disclosed(test.failure, disclosure).lines())]
