"""Prerequisites: which function of an earlier exercise is at fault when a test fails.

`grading.toml` lists what an exercise needs: `layers` needs `padding.same_padding`. If the learner's own
`same_padding` does not pass its tests, a failing test of `layers` says so instead of showing a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autograder.protocol.failure import Failure, Location, Outcome

# By exercise, the functions that do not pass, each with where to edit; WHOLE stands for the whole exercise.
Failing = Mapping[str, Mapping[str, Location | None]]

WHOLE = ""
# One line names at most so many.
_MOST_NAMED = 3


def failing_functions(failure: Failure) -> dict[str, Location | None]:
    """Return the functions that a failing test called, with where to edit each."""
    if failure.outcome is Outcome.NEEDS:
        return {}  # the fault is in an earlier exercise
    if not failure.calls:
        return {WHOLE: failure.edit}
    return dict.fromkeys(sorted(failure.functions), failure.edit)


def unmet(needs: Iterable[str], failing: Failing) -> dict[str, Location | None]:
    """Return the needs that do not pass, with where to edit each, in the order of `needs`."""
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
    """Return the failure of a test whose unmet needs are `missing`; the failure itself if there are none."""
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
