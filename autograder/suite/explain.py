"""Explain an exception that a test raised: make the `Failure`, whose `lines` a learner reads."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.protocol.failure import Failure, Histogram, Location, Outcome
from autograder.suite.expected import WrongAnswer
from autograder.suite.proxy import (
    CannotAnswer,
    MissingExtra,
    NeedsAnEarlierFunction,
    SubmissionError,
    Unwritten,
)
from autograder.suite.transcript import Call, Transcript

# The number of earlier calls shown before the failing one.
_EARLIER_CALLS = 3
# With fewer random numbers, a histogram shows mostly noise.
_FEWEST_NUMBERS = 1000
_BINS = 40


def explain(
    error: BaseException, transcript: Transcript, idea: str, exercise: str, earlier: Container[str] = ()
) -> Failure:
    """Return the failure for `error`, raised in a test of `exercise`, which may need those that are `earlier`.

    The location to edit has a function but no line yet, because only the caller knows the files.
    """
    calls = transcript.calls
    last = calls[-1] if calls else None
    failure = Failure(
        outcome=Outcome.WRONG,
        idea=idea,
        calls=transcript.shown(_EARLIER_CALLS),
        exercise=exercise,
        edit=Location(f"{exercise}.py", function=last.definition if last else ""),
    )
    if isinstance(error, Unwritten):
        return _unwritten(error, failure, last, earlier)
    if isinstance(error, (MissingExtra, NeedsAnEarlierFunction)):
        return replace(failure, outcome=Outcome.NEEDS, reason=str(error), edit=None)
    if isinstance(error, CannotAnswer):
        reason = transcript.text(str(error))
        return replace(failure, outcome=Outcome.UNUSABLE, reason=reason, calls=failure.calls[-1:])
    if last and last.raised and _is_the_submissions(error):
        failure = replace(failure, raised=last.raised)
    difference = transcript.difference
    return replace(
        failure,
        reason=transcript.text(difference.text if difference else _reason(error, exercise)),
        expected=transcript.text(transcript.expected),
        index=difference.index if difference else None,
        histogram=histogram(last.drawn) if last else None,
    )


def _unwritten(error: Unwritten, failure: Failure, last: Call | None, earlier: Container[str]) -> Failure:
    unwritten = replace(failure, outcome=Outcome.UNWRITTEN, reason=str(error), calls=failure.calls[-1:])
    other = last.raised.file.removesuffix(".py") if last and last.raised else ""
    if not last or not last.raised or other not in earlier:
        return unwritten
    # The exercise's own code called a function of an earlier exercise.
    return replace(
        unwritten,
        outcome=Outcome.NEEDS,
        reason=f"needs {other}.{last.raised.function}, which is not written yet",
        exercise=other,
        edit=Location(last.raised.file, function=last.raised.function),
    )


def _is_the_submissions(error: BaseException) -> bool:
    return getattr(error, "from_submission", False) or isinstance(error, SubmissionError)


def _reason(error: BaseException, exercise: str) -> str:
    if isinstance(error, WrongAnswer):
        return str(error)
    if isinstance(error, AssertionError):
        return _first_line(error) or f"this property does not hold for your {exercise}"
    if _is_the_submissions(error):
        return ""
    return f"the test cannot continue with this answer: {type(error).__name__}: {_first_line(error)}"


def histogram(numbers: NDArray[Any] | None) -> Histogram | None:
    """Return a histogram of random numbers; None if there are too few, or they are not finite or too close."""
    if numbers is None or numbers.size < _FEWEST_NUMBERS or numbers.dtype.kind != "f":
        return None
    if not np.isfinite(numbers).all():
        return None
    try:
        with np.errstate(all="ignore"):
            counts, edges = np.histogram(numbers.astype(float), bins=_BINS)
    except ValueError:
        return None  # the range is too small for 40 bins
    return Histogram(low=float(edges[0]), high=float(edges[-1]), counts=tuple(counts.tolist()))


def _first_line(error: BaseException) -> str:
    lines = str(error).splitlines()
    return lines[0][:160] if lines else ""


def definition_line(source: str, name: str) -> int:
    """Return the line on which `source` defines a function, class or method; 1 if it does not.

    Without a name, return the line of the first definition.

    The source is searched, not parsed, because an untrusted file can crash the parser.

    Args:
        source: the source of the module.
        name: for example `conv_layer` or `Chain.conv2d`; may be empty.
    """
    start = 0
    for part in name.split("."):
        wanted = re.escape(part) if part else r"\w+"
        pattern = re.compile(rf"^[ \t]*(?:async\s+)?(?:def|class)\s+{wanted}\b", re.MULTILINE)
        match = pattern.search(source, start)
        if match is None:
            break
        start = match.start()
    return source.count("\n", 0, start) + 1
