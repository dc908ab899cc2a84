"""Make `results.json`: what Gradescope shows to learners and to instructors.

https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from typing import Any

from autograder.course import Disclosure
from autograder.records import GradedExercise, Record
from autograder.records.feedback import exercise_text


def results(record: Record, disclosure: Disclosure, leaderboard: bool) -> dict[str, Any]:
    """Return the content of `results.json`.

    Each exercise is one Gradescope test with as much detail as the course discloses. The rest is in a second test,
    without points, that only instructors see.

    Args:
        record: the record of the submission.
        disclosure: how much of a hidden test is shown; see `autograder.records.disclosure`.
        leaderboard: put the points on Gradescope's leaderboard.
    """
    shown = [_shown(exercise, disclosure) for exercise in record.exercises]
    hidden = [
        _hidden(exercise)
        for exercise in record.exercises
        if disclosure != "full" and exercise_text(exercise, "full") != exercise_text(exercise, disclosure)
    ]
    said = "\n\n".join([record.problem, *record.notes]).strip()
    found: dict[str, Any] = {
        "score": round(record.earned, 4),
        "execution_time": round(record.seconds),
        "output": said,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [*shown, *hidden],
        "extra_data": {
            "versions": record.versions,
            "sandbox": record.sandbox,
            "submitted": record.submitted.isoformat() if record.submitted else None,
            "submitted_source": record.submitted_source,
        },
    }
    if leaderboard:
        passed = sum(exercise.passed for exercise in record.exercises)
        found["leaderboard"] = [
            {"name": "points", "value": round(record.earned, 4)},
            {"name": "tests", "value": passed},
        ]
    return found


def _shown(exercise: GradedExercise, disclosure: Disclosure) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "score": exercise.earned,
        "max_score": exercise.points,
        "status": "passed" if exercise.passed == len(exercise.tests) else "failed",
        "output": _without_head(exercise_text(exercise, disclosure)),
        "output_format": "md",
        "visibility": "visible",
    }


def _hidden(exercise: GradedExercise) -> dict[str, Any]:
    return {
        "name": f"{exercise.name}, for instructors",
        "output": _without_head(exercise_text(exercise, "full")),
        "output_format": "md",
        "visibility": "hidden",
    }


def _without_head(text: str) -> str:
    """Return an exercise's feedback without its first line, which Gradescope shows itself."""
    return text.partition("\n")[2].strip()
