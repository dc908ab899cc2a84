"""From what an examiner reported to points: only for tests that were listed, ran, and passed."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.course import Course, Exercise
from autograder.examination import Examination
from autograder.feedback import Failure
from autograder.needs import blamed, failing_functions, unmet
from autograder.record import GradedExercise, GradedTest


def score(
    examination: Examination,
    course: Course,
    names: list[str],
    known: Mapping[str, GradedExercise] | None = None,
) -> list[GradedExercise]:
    """Return each exercise in `names` with its tests and points; a test that is missing has not passed.

    A test that fails because an earlier exercise does not pass says so, if that one was examined too, or is
    known.

    Args:
        examination: what the examiner reported.
        course: what its `grading.toml` says.
        names: the exercises that are wanted.
        known: exercises that were graded before.
    """
    known = known or {}
    examined = course.with_needs(names)
    graded = [
        known.get(exercise.name) or _score_exercise(examination, exercise)
        for exercise in course.exercises
        if exercise.name in examined
    ]
    failing: dict[str, dict[str, str]] = {}
    for exercise in graded:
        if exercise.name not in known:
            missing = unmet(course.needs(exercise.name), failing)
            exercise.missing = list(missing)
            for test in exercise.tests:
                if test.outcome not in ("passed", "not run"):
                    test.failure = blamed(test.failure, test.idea, missing)
                    test.outcome = test.failure.kind if test.failure else test.outcome
        failing[exercise.name] = _failing(exercise)
    return [exercise for exercise in graded if exercise.name in names]


def whose_needs_changed(course: Course, graded: Mapping[str, GradedExercise]) -> list[str]:
    """Return the exercises whose needs, as far as they are graded too, do not pass as they did."""
    failing = {name: _failing(exercise) for name, exercise in graded.items()}
    return [
        name
        for name, exercise in graded.items()
        if [need for need in exercise.missing if need.partition(".")[0] in graded]
        != list(unmet(course.needs(name), failing))
    ]


def _failing(exercise: GradedExercise) -> dict[str, str]:
    """Return which functions do not pass, with the places to edit."""
    found: dict[str, str] = {}
    for test in exercise.tests:
        if test.outcome != "passed":
            found |= failing_functions(exercise.name, test.failure)
    return found


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
            if test.failure:
                test.failure.mistakes = examination.mistakes.get(test.id, [])
            test.details = result["details"]
            test.seconds = round(result["seconds"], 3)
        tests.append(test)
    for test in tests:
        if test.outcome == "passed":
            test.failure = _refusal(examination, tests, test)
            test.outcome = test.failure.kind if test.failure else test.outcome
    whole = sum(test.weight for test in tests)
    share = sum(test.weight for test in tests if test.outcome == "passed") / whole if whole else 0.0
    return GradedExercise(
        name=exercise.name, points=exercise.points, earned=round(exercise.points * share, 4), tests=tests
    )


def _refusal(examination: Examination, tests: list[GradedTest], test: GradedTest) -> Failure | None:
    """Return why a test that saw nothing but refusals does not count, None where it does.

    A function that raises a ValueError whatever it is given would pass every test of bad arguments. So these
    count once the same function has passed a test in which it answered.
    """
    result = examination.results[test.id]
    if result["answered"]:
        return None
    shown_right = {
        name
        for other in tests
        if other.outcome == "passed"
        for name in examination.results[other.id]["answered"]
    }
    for name in result["called"]:
        if name not in shown_right:
            difference = f"it counts once {name} passes a test in which it answers"
            return Failure(
                kind="wrong", idea=test.idea, difference=difference, function=name.partition(".")[2]
            )
    return None
