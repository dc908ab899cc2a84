"""From what an examiner reported to points: only for tests that were listed, ran, and passed."""

from __future__ import annotations

from autograder.course import Course, Exercise
from autograder.examinations import Examination
from autograder.feedback import Failure
from autograder.needs import blamed, failing_functions, unmet
from autograder.record import GradedExercise, GradedTest


def score(examination: Examination, course: Course, names: list[str]) -> list[GradedExercise]:
    """Return each exercise in `names` with its tests and points; a test that is missing has not passed.

    A test that fails because an earlier exercise does not pass says so, if that one was examined too.
    """
    examined = course.with_needs(names)
    graded = [
        _score_exercise(examination, exercise) for exercise in course.exercises if exercise.name in examined
    ]
    failing: dict[str, dict[str, str]] = {}
    for exercise in graded:
        missing = unmet(course.needs(exercise.name), failing)
        for test in exercise.tests:
            if test.outcome == "passed":
                continue
            if test.outcome != "not run":
                test.failure = blamed(test.failure, test.idea, missing)
                test.outcome = test.failure.kind if test.failure else test.outcome
            failing.setdefault(exercise.name, {}).update(failing_functions(exercise.name, test.failure))
    return [exercise for exercise in graded if exercise.name in names]


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
