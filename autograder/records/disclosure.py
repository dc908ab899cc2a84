"""Disclosure: what a learner sees of failures, each reason only once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from autograder.course import Disclosure
from autograder.protocol.failure import Failure, Outcome
from autograder.records import GradedExercise, GradedTest


@dataclass
class ShownFailures:
    """The shown failures of an exercise.

    Attributes:
        first: the first failing test for each reason.
        same_reason: the ideas of other tests that fail for these reasons, with the number of tests.
    """

    first: list[GradedTest] = field(default_factory=list)
    same_reason: Counter[str] = field(default_factory=Counter)


def shown_failures(exercise: GradedExercise, disclosure: Disclosure) -> ShownFailures:
    """Return the failures to show for an exercise; none if it is not written yet.

    Args:
        exercise: the graded exercise.
        disclosure: how much of a hidden test is shown: "full", "example" (without the expected answer) or "name"
            (only the idea).
    """
    found = ShownFailures()
    if exercise.unwritten:
        return found
    reasons: set[str] = set()
    for test in exercise.tests:
        if test.failure is None:
            continue
        reason = _reason(test, test.failure, disclosure)
        if reason not in reasons:
            found.first.append(test)
        elif test.outcome is Outcome.WRONG:
            found.same_reason[test.idea] += 1
        reasons.add(reason)
    return found


def _reason(test: GradedTest, failure: Failure, disclosure: Disclosure) -> str:
    """Return the reason of a failure, which is shown only once."""
    if failure.mistakes and disclosure != "name":
        return " ".join(failure.mistakes)
    if failure.outcome in (Outcome.FAILED, Outcome.NOT_RUN):
        return test.id
    # The same reason may fail many tests: a module that cannot be imported, or an error that does not count yet.
    return test.id if failure.outcome is Outcome.WRONG and failure.calls else failure.reason


def disclosed(failure: Failure, disclosure: Disclosure) -> Failure:
    """Return the part of a failure that a learner sees, without the idea, which is always shown separately."""
    if failure.outcome is Outcome.UNWRITTEN or disclosure == "full":
        return replace(failure, idea="")
    if disclosure == "example":
        # Without a call, the reason is about the whole submission and reveals nothing about the test.
        return replace(failure, idea="", expected="", reason="" if failure.calls else failure.reason)
    return Failure(failure.outcome, exercise=failure.exercise, edit=failure.edit)
