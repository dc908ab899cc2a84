"""Prerequisites: find the function of an earlier exercise that makes a test fail.

`grading.toml` lists the needs of each exercise: `layers` needs `padding.same_padding`. If the learner's
`same_padding` does not pass its tests, a failing test of `layers` says so instead of showing a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autograder.protocol.failure import Failure, Location, Outcome

# By exercise, the functions that do not pass, each with the location to edit; WHOLE means the whole exercise.
Failing = Mapping[str, Mapping[str, Location | None]]

WHOLE = ""
# The maximum number of functions named in one line.
_MOST_NAMED = 3


def failing_functions(failure: Failure) -> dict[str, Location | None]:
    """Return the functions that a failing test called, each with the location to edit."""
    if failure.outcome is Outcome.NEEDS:
        return {}  # the fault is in an earlier exercise
    if not failure.calls:
        return {WHOLE: failure.edit}
    return dict.fromkeys(sorted(failure.functions), failure.edit)


def unmet(needs: Iterable[str], failing: Failing) -> dict[str, Location | None]:
    """Return the needs that do not pass, each with the location to edit, in the order of `needs`."""
    found = {}
    for need in needs:
        exercise, _, function = need.partition(".")
        functions = failing.get(exercise, {})
        for name in (function, WHOLE) if function else functions:
            if name in functions:
                found[need] = functions[name]
                break
    return found


def blamed(failure: Failure, missing: Mapping[str, Location | None]) -> Failure:
    """Return a failure that names the unmet needs `missing`; the same failure if there are none."""
    if not missing or failure.outcome.waits:
        return failure
    names = list(missing)[:_MOST_NAMED]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    verb = "does" if len(names) == 1 else "do"
    return Failure(
        outcome=Outcome.NEEDS,
        idea=failure.idea,
        reason=f"needs {listed}, which {verb} not pass yet",
        exercise=names[0].partition(".")[0],
        edit=next(iter(missing.values())),
    )
