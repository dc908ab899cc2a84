"""From what an examiner reported to points: only for tests that were listed, ran, and passed."""

from __future__ import annotations

from autograder.course import Exercise
from autograder.examinations import Examination
from autograder.feedback import Failure
from autograder.record import GradedExercise, GradedTest


def score(examination: Examination, exercises: list[Exercise]) -> list[GradedExercise]:
    """Return each exercise with its tests and points; a test that is missing has not passed."""
    return [_score_exercise(examination, exercise) for exercise in exercises]


def _score_exercise(examination: Examination, exercise: Exercise) -> GradedExercise:
    tests = []
    for listed in examination.listed:
        if listed["exercise"] != exercise.name:
            continue
        result = examination.results.get(listed["id"])
        test = GradedTest(id=listed["id"], idea=listed["idea"], weight=listed["weight"], outcome="not run")
        if result:
            test.outcome = result["outcome"]
            test.failure = Failure.model_validate(result["failure"]) if result["failure"] else None
            test.details = result["details"]
            test.seconds = round(result["seconds"], 3)
        tests.append(test)
    whole = sum(test.weight for test in tests)
    share = sum(test.weight for test in tests if test.outcome == "passed") / whole if whole else 0.0
    return GradedExercise(
        name=exercise.name, points=exercise.points, earned=round(exercise.points * share, 4), tests=tests
    )
