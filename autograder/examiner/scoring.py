"""Scoring: compute points from an examiner's report, only for tests that were listed, ran, and passed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from autograder.course import Course, Exercise
from autograder.examiner.result import Examination
from autograder.protocol.failure import Failure, Outcome
from autograder.protocol.messages import Result
from autograder.records import GradedExercise, GradedTest
from autograder.suite.prerequisites import WHOLE, Fault, add_failure, blamed, functions_of, unmet

# Runs the suite of an exercise once more; the solutions answer for these functions of earlier exercises, if any.
Again = Callable[[str, dict[str, list[str]]], Examination]
# What a test shows once nothing of an earlier exercise can be at fault.
_JUDGED = (Outcome.PASSED, Outcome.WRONG, Outcome.UNWRITTEN, Outcome.UNUSABLE)


def score(
    examination: Examination,
    course: Course,
    names: list[str],
    known: Mapping[str, GradedExercise] | None = None,
    again: Again | None = None,
) -> list[GradedExercise]:
    """Return each exercise in `names` with its tests and points; a missing test counts as failed.

    Nobody loses points twice for one mistake: if tests fail while an earlier exercise does not pass, or were left out
    for that reason, they are run with the right values of its functions. Where nobody can stand in for one, the failure
    names it. What is needed must be examined too, or known.

    Args:
        examination: the examiner's report.
        course: the parsed `grading.toml`.
        names: the exercises to return.
        known: exercises graded before.
        again: runs the suite of an exercise again; None to blame the earlier exercise at once.
    """
    known = known or {}
    examined = course.with_needs(names)
    graded = []
    failing: dict[str, dict[str, Fault]] = {}
    for exercise in course.exercises:
        if exercise.name not in examined:
            continue
        result = known.get(exercise.name)
        if result is None:
            result = _score_exercise(examination, exercise)
            needs = course.needs(exercise.name)
            missing = unmet(needs, failing)
            judged: set[str] = set()
            left_out = _is_left_out(result)
            if again and missing and (left_out or any(_may_be_blamed(test) for test in result.tests)):
                functions = functions_of(needs, failing)
                second = again(exercise.name, functions)
                first = examination
                if left_out and not _is_settled(second):
                    first = again(exercise.name, {})
                together, judged = _where_failed(first, second)
                result = _score_exercise(together, exercise)
                if judged:
                    result = replace(result, stand_ins=_shown_names(functions))
                    # If such a test does not count yet, a function of this exercise is wrong, not an earlier one.
                    judged |= {test for test, shown in first.results.items() if shown.failure is None}
            result = _with_blame(result, missing, judged)
        graded.append(result)
        _add_failures(failing, result)
    return [exercise for exercise in graded if exercise.name in names]


def _is_left_out(exercise: GradedExercise) -> bool:
    """Return True if no test of an exercise has run, because an earlier function does not pass."""
    return all(test.outcome in (Outcome.NEEDS, Outcome.NOT_RUN) for test in exercise.tests)


def _is_settled(examination: Examination) -> bool:
    """Return True if no test can show more without the right values of earlier functions."""
    results = [examination.results.get(test.id) for test in examination.listed]
    return all(
        result and (result.failure is None or result.failure.outcome is Outcome.UNWRITTEN)
        for result in results
    )


def _where_failed(first: Examination, second: Examination) -> tuple[Examination, set[str]]:
    """Return both examinations of an exercise as one, and the tests that nothing earlier can be blamed for."""
    judged = set()
    results, mistakes = dict(first.results), dict(first.mistakes)
    for test, result in second.results.items():
        before = first.results.get(test)
        if before is not None and before.failure is None:
            continue
        if (result.failure.outcome if result.failure else Outcome.PASSED) in _JUDGED:
            judged.add(test)
            results[test] = result
            mistakes[test] = second.mistakes.get(test, [])
    unexplained = first.unexplained | second.unexplained
    together = replace(
        first, listed=second.listed, results=results, mistakes=mistakes, unexplained=unexplained
    )
    return together, judged


def _shown_names(functions: Mapping[str, list[str]]) -> list[str]:
    """Return `padding.same_padding` for a function, `padding` for a whole exercise."""
    shown = []
    for exercise, names in functions.items():
        shown += [exercise] if WHOLE in names else [f"{exercise}.{name}" for name in names]
    return shown


def _may_be_blamed(test: GradedTest) -> bool:
    """Return True if a failing test can be an earlier exercise's fault."""
    return test.outcome not in (Outcome.PASSED, Outcome.NOT_RUN)


def _with_blame(
    exercise: GradedExercise, missing: Mapping[str, Fault], judged: Collection[str]
) -> GradedExercise:
    """Return the exercise with failing tests, but for those in `judged`, that name the earlier function at fault."""
    tests = [
        replace(test, failure=blamed(test.failure, missing))
        if test.failure and _may_be_blamed(test) and test.id not in judged
        else test
        for test in exercise.tests
    ]
    return replace(exercise, missing=list(missing), tests=tests)


def whose_needs_changed(course: Course, graded: Mapping[str, GradedExercise]) -> list[str]:
    """Return the exercises with a need that passes now and did not before, or the other way round."""
    return [
        name
        for name, exercise in graded.items()
        if [need for need in exercise.missing if need.partition(".")[0] in graded]
        != unmet_needs(course, name, graded)
    ]


def unmet_needs(course: Course, name: str, graded: Mapping[str, GradedExercise]) -> list[str]:
    """Return the needs of an exercise that do not pass in `graded`."""
    failing: dict[str, dict[str, Fault]] = {}
    for exercise in graded.values():
        _add_failures(failing, exercise)
    return list(unmet(course.needs(name), failing))


def _add_failures(failing: dict[str, dict[str, Fault]], exercise: GradedExercise) -> None:
    """Add the functions of an exercise that do not pass."""
    for test in exercise.tests:
        if test.failure:
            add_failure(failing, exercise.name, test.failure)


def _score_exercise(examination: Examination, exercise: Exercise) -> GradedExercise:
    tests = [
        _graded_test(examination, listed.id, listed.idea, listed.weight)
        for listed in examination.listed
        if listed.exercise == exercise.name
    ]
    if ending := examination.broken.get(exercise.name):
        # What it said before is not believed either.
        tests = [
            replace(test, failure=Failure(Outcome.UNUSABLE, test.idea, ending, exercise=exercise.name))
            for test in tests
        ]
    passed = [test.id for test in tests if test.outcome is Outcome.PASSED]
    shown = _Shown.by(examination, exercise.name, passed)
    tests = [
        test if test.failure else replace(test, failure=_refusal(examination.results[test.id], test, shown))
        for test in tests
    ]
    whole = sum(test.weight for test in tests)
    share = sum(test.weight for test in tests if test.outcome is Outcome.PASSED) / whole if whole else 0.0
    return GradedExercise(
        name=exercise.name,
        points=exercise.points,
        earned=round(exercise.points * share, 4),
        tests=tests,
        unexplained=exercise.name in examination.unexplained,
    )


def _graded_test(examination: Examination, test: str, idea: str, weight: float) -> GradedTest:
    result = examination.results.get(test)
    if result is None:
        return GradedTest(test, idea, weight, Failure(Outcome.NOT_RUN, idea))
    failure = result.failure
    if failure:
        failure = replace(failure, mistakes=tuple(examination.mistakes.get(test, ())))
    return GradedTest(test, idea, weight, failure, result.details, round(result.seconds, 3))


@dataclass(frozen=True)
class _Shown:
    """What the functions of an exercise have shown in the tests that passed.

    Attributes:
        proofs: by test, the functions that it proves.
        proved: the functions that have passed a test that proves them.
        answered: the functions that have returned a value in any passed test that counts.
        ideas: by function, the idea of a test that proves it.
    """

    proofs: dict[str, list[str]]
    proved: set[str]
    answered: set[str]
    ideas: dict[str, str]

    @staticmethod
    def by(examination: Examination, exercise: str, passed: list[str]) -> _Shown:
        """Return what the passed tests of an exercise show."""
        listed = [test for test in examination.listed if test.exercise == exercise]
        proofs = {test.id: test.proves for test in listed if test.proves}
        ideas = {function: test.idea for test in reversed(listed) for function in test.proves}
        answered = {test: set(examination.results[test].answered) for test in passed}
        proved = {name for test in passed for name in answered[test].intersection(proofs.get(test, ()))}
        lacking = ideas.keys() - proved
        counted = (names for test, names in answered.items() if test in proofs or not names & lacking)
        return _Shown(proofs, proved, set().union(*counted), ideas)


def _refusal(result: Result, test: GradedTest, shown: _Shown) -> Failure | None:
    """Return a failure if a passed test must not count, otherwise None.

    A constant or a guess can pass a test of one small example. So a test counts only if all its functions have passed
    a test that proves them, if there is one.

    A function that raises a ValueError for every argument would pass all tests of bad arguments. So a test that saw
    only errors counts only if the same function has passed another test in which it returned a value.
    """
    if test.id in shown.proofs:
        return None
    for name in result.called:
        if name in shown.ideas and name not in shown.proved:
            idea = shown.ideas[name]
            return _no_points_yet(test, f"this counts once {name} has passed another test: {idea}")
    for name in result.called if not result.answered else ():
        if name not in shown.answered:
            return _no_points_yet(
                test, f"an error counts only after {name} has returned a correct answer in another test"
            )
    return None


def _no_points_yet(test: GradedTest, reason: str) -> Failure:
    return Failure(Outcome.WRONG, idea=test.idea, reason=f"no points yet: {reason}")
