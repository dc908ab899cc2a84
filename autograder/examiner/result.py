"""The result of one examination, and the interface of examiners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from autograder import UserError
from autograder.protocol.messages import Judged, ListedTest, Result


class ExaminerLost(UserError):
    """An examiner ended before it had reported; the text says why."""


class SuitesBroken(ExaminerLost):
    """The suites themselves cannot run, whatever the submission is."""


# The processor time that an examiner may take beyond the submission's: to start, collect and judge.
GRACE_SECONDS = 60.0
# How an examiner ended that was killed from outside: by the kernel when memory runs out, or by an administrator.
KILLED = "it was killed"


@dataclass
class Examination:
    """An examiner's report.

    Attributes:
        listed: the tests, as reported before any ran.
        results: the result of each test, by the test's id.
        judged: True if the run finished.
        mistakes: by the test's id, the sentences of the known mistakes that explain a wrong answer.
        unexplained: the exercises for which the search for mistakes took too long and was stopped.
        broken: by exercise, how the submission ended the examiner, twice, during that exercise's tests.
        cpu_seconds: the CPU time of the examiner.
        seconds: the time from the request to the last answer.
        memory_limit: what enforced the memory limit (see `Servers.memory_limit`).
    """

    listed: list[ListedTest] = field(default_factory=list)
    results: dict[str, Result] = field(default_factory=dict)
    judged: bool = False
    mistakes: dict[str, list[str]] = field(default_factory=dict)
    unexplained: set[str] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)
    cpu_seconds: float = 0.0
    seconds: float = 0.0
    memory_limit: str = ""

    def judge(self, message: Judged) -> None:
        """Record that the run is over.

        Raises:
            SuitesBroken: if the suites could not run.
        """
        if message.code > 1:
            lines = [line.strip("! =") for line in message.output.splitlines() if line.strip("! =")]
            # pytest marks the lines of an exception with "E"; the lines below only count the errors.
            raised = [line.removeprefix("E ").strip() for line in lines if line.startswith("E ")]
            reason = [str(message.code), *lines[-1:], *raised[-1:]][-1]
            raise SuitesBroken(f"the suites cannot run: {reason}")
        self.judged = True

    @property
    def running(self) -> str:
        """The exercise whose test has not ended yet; empty if all have, or none was listed."""
        return next((test.exercise for test in self.listed if test.id not in self.results), "")

    def add(self, other: Examination) -> None:
        """Add what another run has found about other exercises."""
        known = {test.id for test in self.listed}
        self.listed += [test for test in other.listed if test.id not in known]
        self.results |= other.results
        self.mistakes |= other.mistakes
        self.unexplained |= other.unexplained
        self.cpu_seconds += other.cpu_seconds
        self.memory_limit = other.memory_limit


class Examiner(Protocol):
    """Examines submissions: on this machine, or on a cluster's workers."""

    def examine(
        self,
        files: dict[str, bytes],
        suites: list[Path],
        diagnosed: Iterable[str] = (),
        *,
        stand_ins: Mapping[str, list[str]] | None = None,
    ) -> Examination:
        """Run suites on a submission; several threads may call this at once (see `ExaminerPool`)."""
