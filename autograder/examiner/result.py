"""The result of one examination, and the interface of examiners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from autograder import UserError
from autograder.protocol.messages import Judged, ListedTest, Result


class ExaminerLost(UserError):
    """An examiner ended before it had reported; the text says why."""


@dataclass
class Examination:
    """An examiner's report.

    Attributes:
        listed: the tests, as reported before any ran.
        results: the result of each test, by the test's id.
        judged: True if the run finished.
        mistakes: by the test's id, the sentences of the known mistakes that explain a wrong answer.
        cpu_seconds: the CPU time of the examiner.
        seconds: the time from the request to the last answer.
    """

    listed: list[ListedTest] = field(default_factory=list)
    results: dict[str, Result] = field(default_factory=dict)
    judged: bool = False
    mistakes: dict[str, list[str]] = field(default_factory=dict)
    cpu_seconds: float = 0.0
    seconds: float = 0.0

    def judge(self, message: Judged) -> None:
        """Record that the run is over.

        Raises:
            ExaminerLost: if the suites could not run.
        """
        if message.code > 1:
            lines = [line.strip("! =") for line in message.output.splitlines() if line.strip("! =")]
            # pytest marks the lines of an exception with "E"; the lines below only count the errors.
            raised = [line.removeprefix("E ").strip() for line in lines if line.startswith("E ")]
            reason = [str(message.code), *lines[-1:], *raised[-1:]][-1]
            raise ExaminerLost(f"the suites cannot run: {reason}")
        self.judged = True


class Examiner(Protocol):
    """Examines submissions: on this machine, or on a cluster's workers."""

    def examine(
        self, files: dict[str, bytes], suites: list[Path], diagnosed: Iterable[str] = ()
    ) -> Examination:
        """Run suites on a submission; several threads may call this at once (see `ExaminerPool`)."""
