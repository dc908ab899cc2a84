"""A learner's feedback file: the score of each exercise, and failing tests as far as the course discloses them."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Disclosure
from autograder.protocol.failure import Outcome
from autograder.protocol.text import markdown, visible
from autograder.records import GradedExercise, GradedTest, Record, record_path
from autograder.records.disclosure import disclosed, shown_failures


def feedback_path(results: Path, learner: str) -> Path:
    """Return the file of a learner's feedback."""
    return results / "feedback" / f"{record_path(results, learner).stem}.md"


def feedback_text(record: Record, disclosure: Disclosure) -> str:
    """Return a learner's feedback, in Markdown.

    Args:
        record: the graded submission.
        disclosure: how much of a hidden test is shown: "full", "example" (without the expected answer) or "name"
            (only the idea).
    """
    lines = [f"# {record.earned:g} of {record.points:g} points", ""]
    if record.problem:
        lines += [markdown(record.problem), ""]
    lines += [f"{markdown(note)}\n" for note in record.notes]
    if record.late_penalty:
        when = f"{record.submitted:%Y-%m-%d %H:%M} UTC ({record.submitted_source})"
        lines += [f"Late: {record.late_penalty:.0%} of the points are taken off. Handed in {when}.", ""]
    for exercise in record.exercises:
        lines.append(exercise_text(exercise, disclosure))
    lines += [f"Graded {record.graded:%Y-%m-%d %H:%M} UTC, sandbox: {record.sandbox}."]
    return "\n".join(lines) + "\n"


def exercise_text(exercise: GradedExercise, disclosure: Disclosure) -> str:
    """Return a learner's feedback on one exercise, in Markdown."""
    head = (
        f"{exercise.passed} of {len(exercise.tests)} tests, {exercise.earned:g} of {exercise.points:g} points"
    )
    lines = [f"## {exercise.name}: {head}", ""]
    if exercise.unwritten:
        return "\n".join([*lines, "Not written yet.", ""])
    if exercise.help:
        lines += [markdown(exercise.help), ""]
    found = shown_failures(exercise, disclosure)
    for test in found.first:
        lines += [*_test_lines(test, disclosure), ""]
    if found.same_reason:
        lines += ["These tests fail for the same reason:", ""]
        lines += [
            f"- {idea}{f' ({count} tests)' if count > 1 else ''}" for idea, count in found.same_reason.items()
        ]
        lines.append("")
    return "\n".join(lines)


def _test_lines(test: GradedTest, disclosure: Disclosure) -> list[str]:
    if test.failure is None or test.outcome in (Outcome.FAILED, Outcome.NOT_RUN):
        return [f"- {test.idea}", f"  ({test.outcome.value})"]
    if test.outcome in (Outcome.UNUSABLE, Outcome.NEEDS):
        return [f"- {markdown(test.failure.reason)}"]
    return [
        f"- {test.idea}",
        "",
        *(f"      {visible(line)}" for line in disclosed(test.failure, disclosure).lines()),
    ]
