"""Disclosure: the part of a failure that a learner sees, each reason once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from autograder.course import Disclosure
from autograder.protocol.failure import Failure, Outcome
from autograder.records import GradedExercise, GradedTest


@dataclass
class ShownFailures:
    """The failures of an exercise that are shown.

    Attributes:
        first: the first failing test of each reason.
        same_reason: the ideas of further tests that fail for one of these reasons, with the number of tests.
    """

    first: list[GradedTest] = field(default_factory=list)
    same_reason: Counter[str] = field(default_factory=Counter)


def shown_failures(exercise: GradedExercise, disclosure: Disclosure) -> ShownFailures:
    """Return what is shown of an exercise: nothing if it is not written yet.

    Args:
        exercise: as it was graded.
        disclosure: how much of a hidden test is shown: "full", "example" (not what was expected) or "name"
            (the idea alone).
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
    """Return what is said once, however many tests fail for it."""
    if failure.mistakes and disclosure != "name":
        return " ".join(failure.mistakes)
    if failure.outcome in (Outcome.FAILED, Outcome.NOT_RUN):
        return test.id
    # A module that cannot be imported fails every test, and an error that does not count yet has no call.
    return test.id if failure.outcome is Outcome.WRONG and failure.calls else failure.reason


def disclosed(failure: Failure, disclosure: Disclosure) -> Failure:
    """Return as much of a failure as a learner sees, without the idea, which is shown in any case."""
    if failure.outcome is Outcome.UNWRITTEN or disclosure == "full":
        return replace(failure, idea="")
    if disclosure == "example":
        # Without a call it is about the submission as a whole, and reveals nothing of the test.
        return replace(failure, idea="", expected="", reason="" if failure.calls else failure.reason)
    return Failure(failure.outcome, exercise=failure.exercise, edit=failure.edit)
