"""The record of a graded submission: the one thing from which tables, feedback and reports are made."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from pydantic import BaseModel, ValidationError

from autograder.feedback import Failure

# How the name of a file begins until it is whole.
UNFINISHED = ".writing-"


class GradedTest(BaseModel):
    """One test of a hidden suite."""

    id: str
    idea: str
    weight: float
    outcome: str
    """`passed`, `wrong`, `unwritten`, `needs` (an earlier exercise), `unusable` (no answer), `failed` (the
    suite broke) or `not run`."""
    failure: Failure | None = None
    details: str = ""
    seconds: float = 0.0


class GradedExercise(BaseModel):
    """One exercise: the points that it is worth, and those that were earned."""

    name: str
    points: float
    earned: float
    tests: list[GradedTest]
    key: str = ""
    """A hash of all that the result depends on; the same key need not be graded again."""
    missing: list[str] = []
    """What it needs of earlier exercises and did not pass when it was graded."""

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(test.outcome == "passed" for test in self.tests)

    @property
    def waiting(self) -> bool:
        """Whether it cannot be judged: all that is examined is unwritten, its own or what it needs."""
        return bool(self.tests) and {test.outcome for test in self.tests} <= {"unwritten", "needs"}

    @property
    def unwritten(self) -> bool:
        """Whether nothing of it is written yet."""
        return self.waiting and any(test.outcome == "unwritten" for test in self.tests)


class Record(BaseModel):
    """A graded submission."""

    learner: str
    submission: str
    """The names of the files that were handed in."""
    graded: datetime
    submitted: datetime | None = None
    problem: str = ""
    """Why it could not be graded; empty where it was."""
    notes: list[str] = []
    exercises: list[GradedExercise] = []
    late_penalty: float = 0.0
    """The share of the points that the late rule takes, 0 to 1."""
    seconds: float = 0.0
    versions: dict[str, str] = {}
    sandbox: str = ""
    """What was around the submission while it ran: `namespaces`, `user` or `none`."""

    @property
    def points(self) -> float:
        """What could be earned."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def earned(self) -> float:
        """What was earned, after the late rule."""
        return sum(exercise.earned for exercise in self.exercises) * (1 - self.late_penalty)

    @property
    def remark(self) -> str:
        """The one thing for which an instructor should look at it, empty where nothing is strange."""
        if self.problem:
            return self.problem
        for exercise in self.exercises:
            for test in exercise.tests:
                if test.failure and test.failure.kind == "unusable":
                    return f"{exercise.name}: {test.failure.difference}"
                if test.outcome in ("failed", "not run"):
                    return f"{exercise.name}: the suite broke, see {test.id}"
        return self.notes[0] if self.notes else ""


def record_path(folder: Path, learner: str) -> Path:
    """Return the file of a learner's record; two learners never share one, whatever their names."""
    safe = re.sub(r"[^\w.-]+", "_", learner).strip("._")[:80]
    if safe != learner:
        # The name was changed to make it a safe file name, so that two may have become alike.
        safe = f"{safe}-{hashlib.sha256(learner.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return folder / "records" / f"{safe}.json"


def write_record(folder: Path, record: Record) -> None:
    """Write a record, whole or not at all."""
    write_whole(record_path(folder, record.learner), record.model_dump_json(indent=1))


def read_record(path: Path) -> Record | None:
    """Return the record in `path`, None where there is none or it cannot be read."""
    try:
        return Record.model_validate_json(path.read_bytes())
    except (OSError, ValidationError, ValueError):
        return None


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path`; whoever reads it sees the old file or the new one, never a part.

    Raises:
        OSError: where the folder cannot be written to; the old file stays.
    """
    with whole_file(path) as file:
        file.write(text)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIOWrapper]:
    """Open a file that takes its place once the context ends without an error, whole or not at all.

    Raises:
        OSError: where the folder cannot be written to; the old file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
