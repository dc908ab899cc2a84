"""Prerequisites: find the function of an earlier exercise that makes a test fail.

`grading.toml` lists the needs of each exercise: `layers` needs `padding.same_padding`. If the learner's
`same_padding` does not pass its tests, a failing test of `layers` says so instead of showing a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.protocol.failure import Failure, Location, Outcome
from autograder.protocol.text import listed


@dataclass(frozen=True)
class Fault:
    """Why a function does not pass.

    Attributes:
        edit: the location to edit.
        stopped: why it gave no answer; empty if its answer is wrong.
        starves: True if a call was cut off, which may have taken all time or memory. A missing function takes none.
    """

    edit: Location | None = None
    stopped: str = ""
    starves: bool = False


# By exercise, the functions that do not pass; WHOLE means the whole exercise.
Failing = Mapping[str, Mapping[str, Fault]]

WHOLE = ""
# The maximum number of functions named in one line.
_MOST_NAMED = 3


def failing_functions(failure: Failure) -> dict[str, Fault]:
    """Return the functions that a failing test called, and WHOLE if none could be."""
    if failure.outcome is Outcome.NEEDS:
        return {}  # the fault is in an earlier exercise
    stopped = failure.reason if failure.outcome is Outcome.UNUSABLE else ""
    fault = Fault(failure.edit, stopped, bool(stopped and failure.calls and failure.calls[-1].outcome))
    if not failure.calls:
        # A test that passed, and does not count until its function passes another one, says nothing of the others.
        return {} if failure.outcome is Outcome.WRONG else {WHOLE: fault}
    return dict.fromkeys(sorted(failure.functions), fault)


def add_failure(failing: dict[str, dict[str, Fault]], exercise: str, failure: Failure) -> None:
    """Add a failing test of an exercise to what does not pass."""
    # The first failure says most: after three endless calls, the others are skipped.
    failing[exercise] = failing_functions(failure) | failing.get(exercise, {})


def unmet(needs: Iterable[str], failing: Failing) -> dict[str, Fault]:
    """Return the needs that do not pass, in the order of `needs`."""
    found = {}
    for need in needs:
        exercise, names = _failing_of(need, failing)
        if names:
            found[need] = failing[exercise][names[0]]
    return found


def functions_of(needs: Iterable[str], failing: Failing) -> dict[str, list[str]]:
    """Return, by exercise, the needed functions that do not pass.

    An empty name stands for the whole exercise: for one that cannot be called, and for one of which a call was stopped,
    since it may starve a later exercise merely by being imported.
    """
    found: dict[str, list[str]] = {}
    for need in needs:
        exercise, names = _failing_of(need, failing)
        if names:
            starves = any(failing[exercise][name].starves for name in names)
            whole = [WHOLE] if starves else []
            found[exercise] = list(dict.fromkeys([*found.get(exercise, ()), *names, *whole]))
    return found


def _failing_of(need: str, failing: Failing) -> tuple[str, list[str]]:
    """Return the exercise of a need, and those of its functions that do not pass."""
    exercise, _, function = need.partition(".")
    functions = failing.get(exercise, {})
    return exercise, [name for name in ((function, WHOLE) if function else functions) if name in functions]


def blamed(failure: Failure, missing: Mapping[str, Fault]) -> Failure:
    """Return a failure that names the unmet needs `missing`; the same failure if there are none."""
    if not missing or failure.outcome.waits:
        return failure
    names = list(missing)[:_MOST_NAMED]
    verb = "does" if len(names) == 1 else "do"
    stopped = next((f" ({missing[name].stopped})" for name in names if missing[name].stopped), "")
    return Failure(
        outcome=Outcome.NEEDS,
        idea=failure.idea,
        reason=f"needs {listed(names)}, which {verb} not pass yet{stopped}",
        exercise=names[0].partition(".")[0],
        edit=missing[names[0]].edit,
    )
