"""What a learner is told of failures: each reason once, and no more than the course discloses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from autograder.feedback import Failure
from autograder.record import GradedExercise, GradedTest


@dataclass
class Told:
    """What of an exercise is told.

    Attributes:
        failures: the first failing test of each reason.
        again: the ideas of further tests that fail for one of these reasons, and how many tests each has.
    """

    failures: list[GradedTest] = field(default_factory=list)
    again: Counter[str] = field(default_factory=Counter)


def told(exercise: GradedExercise, disclosure: str) -> Told:
    """Return what is told of an exercise: nothing, where it is not written yet.

    Args:
        exercise: as it was graded.
        disclosure: how much of a hidden test is shown: "full", "example" (not what was expected) or "name"
            (the idea alone).
    """
    found = Told()
    if exercise.unwritten:
        return found
    reasons: set[str] = set()
    for test in exercise.tests:
        if test.outcome == "passed":
            continue
        reason = _reason(test, disclosure)
        if reason not in reasons:
            found.failures.append(test)
        elif test.failure and test.failure.kind == "wrong":
            found.again[test.idea] += 1
        reasons.add(reason)
    return found


def _reason(test: GradedTest, disclosure: str) -> str:
    """Return what is said once, however many tests fail for it."""
    failure = test.failure
    if failure is None:
        return test.id
    if failure.mistakes and disclosure != "name":
        return " ".join(failure.mistakes)
    # A module that cannot be imported fails every test, and a refusal that does not count yet has no call.
    return failure.difference if failure.kind != "wrong" or not failure.calls else test.id


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
