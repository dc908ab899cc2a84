"""The results of public suites, as a learner's run of pytest writes them and other commands read them."""

from __future__ import annotations

from pathlib import Path

import msgspec

# The file to which a run of pytest writes its results, if another command has started the run.
RESULTS_VARIABLE = "AUTOGRADER_RESULTS_FILE"


class FailedCheck(msgspec.Struct, frozen=True):
    """A public test that fails: its text, and the function at fault, empty if that is not known."""

    text: str
    function: str


class ExerciseResult(msgspec.Struct, frozen=True):
    """The result of one exercise's public suite.

    Attributes:
        passed: how many tests pass.
        total: how many there are.
        unwritten: whether nothing of it is written yet.
        edit: where to edit next.
        failures: the failing tests, in the order of the suite.
    """

    passed: int
    total: int
    unwritten: bool
    edit: str
    failures: list[FailedCheck]

    @property
    def done(self) -> bool:
        """Whether all tests pass."""
        return 0 < self.total == self.passed


def write_results(path: Path, results: dict[str, ExerciseResult]) -> None:
    """Write the results of a run, by exercise."""
    path.write_bytes(msgspec.json.encode(results))


def read_results(path: Path) -> dict[str, ExerciseResult]:
    """Return the results in a file, none if it is missing or broken."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, ExerciseResult])
    except (OSError, ValueError):
        return {}
