"""What an exercise needs of earlier ones: whose fault it is, when a test of it fails.

`grading.toml` says what an exercise needs: `layers` needs `padding.same_padding`. Where the learner's own
`same_padding` does not pass its tests, a failing test of `layers` says just that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from autograder.feedback import Failure

# By exercise, the functions that do not pass, each with the place to edit; "" stands for the whole exercise.
Failing = Mapping[str, Mapping[str, str]]

WHOLE = ""
# So many needs are named in one line.
_MOST_NAMED = 3


def failing_functions(exercise: str, failure: Failure | None) -> dict[str, str]:
    """Return which functions of an exercise a test called that did not pass, with the places to edit."""
    if failure and failure.kind == "needs":
        return {}  # not its own fault
    if failure is None or not failure.calls:
        return {WHOLE: failure.edit if failure else ""}
    # "padding.same_padding(5, 3, 2)", but "EarlyStopping.update(10, 0.5)".
    heads = (re.match(r"(\w+)(?:\.(\w+))?", call) for call in failure.calls)
    named = {match[2] if match[1] == exercise else match[1] for match in heads if match}
    return dict.fromkeys(sorted(name for name in named if name), failure.edit)


def unmet(needs: Iterable[str], failing: Failing) -> dict[str, str]:
    """Return the needs that do not pass, with the places to edit, in the order of `needs`."""
    found = {}
    for need in needs:
        exercise, _, function = need.partition(".")
        functions = failing.get(exercise, {})
        for name in (function, WHOLE) if function else functions:
            if name in functions:
                found[need] = functions[name]
                break
    return found


def blamed(failure: Failure | None, idea: str, missing: Mapping[str, str]) -> Failure | None:
    """Return the failure of a test whose needs are `missing`; the failure itself, where none are."""
    if not missing or (failure and failure.kind in ("unwritten", "needs")):
        return failure
    names = list(missing)[:_MOST_NAMED]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    verb = "does" if len(names) == 1 else "do"
    return Failure(
        kind="needs",
        idea=idea,
        difference=f"needs {listed}, which {verb} not pass yet",
        edit=next(iter(missing.values())),
    )
