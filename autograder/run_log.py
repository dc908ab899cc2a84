"""A log of a run of the grader, for other programs: a JSON object in each line, written as it happens."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from autograder.grade import Assignment, Done
from autograder.result_keys import versions


class RunLog:
    """Appends to a file what happens: `started`, `graded` for each submission, `finished`.

    Args:
        path: of the file; what is in it stays.

    Raises:
        OSError: where it cannot be written to.
    """

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8", errors="backslashreplace")

    def started(self, assignment: Assignment, submissions: int) -> None:
        """Tell of the run as a whole."""
        self._write(
            "started",
            submissions=submissions,
            exercises=assignment.names,
            sandbox=assignment.level.value,
            versions=versions(),
        )

    def graded(self, done: Done) -> None:
        """Tell of a submission."""
        self._write(
            "graded",
            learner=done.row.learner,
            earned=round(done.row.earned, 4),
            points=done.row.points,
            outcome=done.outcome,
            look=done.look,
            seconds=done.seconds,
            tests_seconds={name: round(seconds, 3) for name, seconds in done.by_exercise.items()},
        )

    def finished(self, reason: str) -> None:
        """Tell how the run ended, and close the file."""
        self._write("finished", reason=reason)
        self._file.close()

    def _write(self, event: str, **more: Any) -> None:
        time = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        # Whoever reads along sees whole lines.
        self._file.write(json.dumps({"time": time, "event": event, **more}) + "\n")
        self._file.flush()
