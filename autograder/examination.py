"""What an examiner reports of a submission, and how to ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


class ExaminerLost(Exception):
    """An examiner ended before it had reported; the text says how."""


@dataclass
class Examination:
    """What an examiner reported.

    Attributes:
        listed: the tests there are, as told before any ran.
        results: what came of each, by the test's id.
        judged: whether the run came to its end.
        mistakes: by the test's id, the sentences of the known mistakes that a wrong answer could be.
        cpu_seconds: of the examiner.
        seconds: from the question to the last answer.
    """

    listed: list[dict[str, Any]] = field(default_factory=list)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    judged: bool = False
    mistakes: dict[str, list[str]] = field(default_factory=dict)
    cpu_seconds: float = 0.0
    seconds: float = 0.0

    def judge(self, message: dict[str, Any]) -> None:
        """Take down that the run is over.

        Raises:
            ExaminerLost: where the suites could not run.
        """
        if message["code"] > 1:
            lines = [line.strip("! =") for line in str(message["output"]).splitlines() if line.strip("! =")]
            raise ExaminerLost(f"the suites cannot run: {lines[-1] if lines else message['code']}")
        self.judged = True


class Examiner(Protocol):
    """Examines submissions: on this machine, or wherever it has workers."""

    def examine(
        self, files: dict[str, bytes], suites: list[Path], diagnosed: Iterable[str] = ()
    ) -> Examination:
        """Run suites against a submission; may be called by several threads at once (see `Examinations`)."""
