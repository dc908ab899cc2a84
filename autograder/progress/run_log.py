"""The log of a run for other programs: one JSON object per line, written at once."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from autograder.grading import Assignment, Done
from autograder.grading.cache_key import versions


class RunLog:
    """Appends events to a file: `started`, `graded` for each submission, `finished`.

    Args:
        path: the file; its content is kept.

    Raises:
        OSError: if the file cannot be written to.
    """

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8", errors="backslashreplace")

    def started(self, assignment: Assignment, submissions: int) -> None:
        """Log the start of the run."""
        self._write(
            "started",
            submissions=submissions,
            exercises=assignment.names,
            sandbox=assignment.level.value,
            versions=versions(),
        )

    def graded(self, done: Done) -> None:
        """Log a submission."""
        self._write(
            "graded",
            learner=done.row.learner,
            earned=round(done.row.earned, 4),
            points=done.row.points,
            status=done.status.value,
            flag=done.flag,
            seconds=done.seconds,
            tests_seconds={name: round(seconds, 3) for name, seconds in done.by_exercise.items()},
        )

    def finished(self, reason: str) -> None:
        """Log how the run ended, and close the file."""
        self._write("finished", reason=reason)
        self._file.close()

    def _write(self, event: str, **more: Any) -> None:
        time = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        # Written in whole lines, for programs that follow the log.
        self._file.write(json.dumps({"time": time, "event": event, **more}) + "\n")
        self._file.flush()
