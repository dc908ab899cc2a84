"""The results of public suites: a learner's pytest run writes them, other commands read them."""

from __future__ import annotations

from pathlib import Path

import msgspec

# A pytest run that another command has started writes its results to this file.
RESULTS_VARIABLE = "AUTOGRADER_RESULTS_FILE"


class FailedCheck(msgspec.Struct, frozen=True):
    """A failing public test: its text, and the function at fault (empty if unknown)."""

    text: str
    function: str


class ExerciseResult(msgspec.Struct, frozen=True):
    """The result of one exercise's public suite.

    Attributes:
        passed: the number of passing tests.
        total: the number of tests.
        unwritten: True if nothing is written yet.
        edit: the location to edit next.
        failures: the failing tests, in the order of the suite.
    """

    passed: int
    total: int
    unwritten: bool
    edit: str
    failures: list[FailedCheck]

    @property
    def done(self) -> bool:
        """True if all tests pass."""
        return 0 < self.total == self.passed


def write_results(path: Path, results: dict[str, ExerciseResult]) -> None:
    """Write the results of a run, by exercise."""
    path.write_bytes(msgspec.json.encode(results))


def read_results(path: Path) -> dict[str, ExerciseResult]:
    """Return the results in a file; empty if it is missing or broken."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, ExerciseResult])
    except (OSError, ValueError):
        return {}
