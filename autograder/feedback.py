"""What a failure says: the call, what came back, what was expected, the idea, where to edit."""

from __future__ import annotations

import re

import numpy as np
from pydantic import BaseModel

from autograder.expected import Mismatch
from autograder.recorder import Recorder
from autograder.subject import CannotAnswer, Unwritten

# The most lines a failure may take, so that it is read.
MOST_LINES = 12
# Earlier calls of the same example that are shown before the failing one.
_EARLIER_CALLS = 3
# A picture of fewer random numbers shows chance.
_FEWEST_NUMBERS = 1000
_BINS = 40


class Histogram(BaseModel):
    """How random numbers that came back are spread: counts in equal steps from `low` to `high`."""

    low: float
    high: float
    counts: list[int]


class Failure(BaseModel):
    """Why a test failed, in parts, so that a report can show as much as the course discloses."""

    kind: str
    """`unwritten`, `needs` (an earlier exercise), `unusable` (it cannot answer) or `wrong`."""
    idea: str
    calls: list[str] = []
    came_back: str = ""
    expected: str = ""
    difference: str = ""
    mistakes: list[str] = []
    """What a known mistake that gives the same answers is told; several, where they cannot be told apart."""
    histogram: Histogram | None = None
    """Of the random numbers that came back last, where they are many."""
    exercise: str = ""
    """Where the fault is: for `needs` an earlier exercise."""
    function: str = ""
    edit: str = ""

    def lines(self) -> list[str]:
        """Return the failure as at most `MOST_LINES` lines."""
        if self.kind in ("unwritten", "needs"):
            return [f"{self.difference}: {self.edit}"]
        if self.kind == "unusable" and not self.calls:
            return [self.difference]  # the module cannot be loaded; the text says where
        lines = list(self.calls)
        for label, text in (
            ("came back", self.came_back),
            ("expected", self.expected),
            ("difference", self.difference),
            ("mistake", " Or: ".join(self.mistakes)),
            ("idea", self.idea),
            ("edit", self.edit),
        ):
            if text:
                lines.append(f"  {label + ':':<12}{text}")
        return lines[:MOST_LINES]


def explain(error: BaseException, recorder: Recorder, idea: str, exercise: str) -> Failure:
    """Return what `error`, raised in a test of `exercise`, means to the learner."""
    failure = _explain(error, recorder, idea, exercise)
    failure.calls = [recorder.shown(call) for call in failure.calls]
    for part in ("came_back", "expected", "difference"):
        setattr(failure, part, recorder.shown(getattr(failure, part)))
    return failure


def _explain(error: BaseException, recorder: Recorder, idea: str, exercise: str) -> Failure:
    calls = recorder.calls
    last = calls[-1] if calls else None
    function = last.name.partition(".")[2] if last else ""
    failure = Failure(kind="wrong", idea=idea, exercise=exercise, function=function)
    if isinstance(error, Unwritten):
        failure.kind, failure.difference = "unwritten", str(error)
        # Not shown; what does not pass is read off it.
        failure.calls = [last.text] if last else []
        other = last.where[0].removesuffix(".py") if last and last.where else exercise
        if last and last.where and other != exercise:
            # What the exercise's own code called.
            failure.kind, failure.exercise, failure.function = "needs", other, last.where[2]
            failure.difference = f"needs {other}.{last.where[2]}, which is not written yet"
        return failure
    if isinstance(error, CannotAnswer):
        failure.kind, failure.difference = "unusable", str(error)
        failure.calls = [last.text] if last else []
        return failure
    failure.calls = [f"{call.text} -> {call.outcome}" for call in calls[-1 - _EARLIER_CALLS : -1]]
    if last:
        failure.calls.append(last.text)
        failure.came_back = last.outcome
        failure.histogram = histogram(last.drawn)
        if last.where and last.outcome.startswith(type(error).__name__):
            failure.came_back += f" (in {last.where[0]}, line {last.where[1]})"
    if recorder.difference:
        failure.expected, failure.difference = recorder.difference
    elif isinstance(error, Mismatch):
        failure.difference = str(error)
    elif isinstance(error, AssertionError):
        failure.difference = _first_line(error) or f"the law does not hold for {exercise}"
    elif not getattr(error, "from_submission", False) and type(error).__name__ != "SubmissionError":
        failure.difference = f"the test cannot go on with that: {type(error).__name__}: {_first_line(error)}"
    return failure


def histogram(numbers: np.ndarray | None) -> Histogram | None:
    """Return the histogram of random numbers; None where they are too few to show anything, or not finite."""
    if numbers is None or numbers.size < _FEWEST_NUMBERS or numbers.dtype.kind != "f":
        return None
    if not np.isfinite(numbers).all():
        return None
    counts, edges = np.histogram(numbers.astype(float), bins=_BINS)
    return Histogram(low=float(edges[0]), high=float(edges[-1]), counts=counts.tolist())


def _first_line(error: BaseException) -> str:
    lines = str(error).splitlines()
    return lines[0][:160] if lines else ""


def definition_line(source: str, name: str) -> int:
    """Return the line on which `source` defines a function, class or method, 1 where it does not.

    Without a name it is the first one that the module defines.

    The source is searched, not parsed: parsing a stranger's file can exhaust the parser.

    Args:
        source: of the module.
        name: for example `conv_layer`, `Chain.conv2d`, or nothing.
    """
    place = 0
    for part in name.split("."):
        wanted = re.escape(part) if part else r"\w+"
        pattern = re.compile(rf"^[ \t]*(?:async\s+)?(?:def|class)\s+{wanted}\b", re.MULTILINE)
        match = pattern.search(source, place)
        if match is None:
            break
        place = match.start()
    return source.count("\n", 0, place) + 1
