"""Records: what is kept of each graded submission; tables, feedback and reports are made from nothing else.

`adjustments` applies an instructor's changes; `disclosure` decides what a learner sees; `feedback` and `class_table`
write it down.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import msgspec

from autograder.files import write_whole
from autograder.protocol.failure import Failure, Outcome


@dataclass(frozen=True)
class GradedTest:
    """One test of a hidden suite.

    Attributes:
        id: pytest's name of it.
        idea: the sentence that it checks.
        weight: its share of the exercise's points, in parts.
        failure: why it has not passed, None if it has.
        details: pytest's own text, if the suite itself broke.
        seconds: how long it ran.
    """

    id: str
    idea: str
    weight: float
    failure: Failure | None = None
    details: str = ""
    seconds: float = 0.0

    @property
    def outcome(self) -> Outcome:
        """The result of the test."""
        return self.failure.outcome if self.failure else Outcome.PASSED


@dataclass(frozen=True)
class GradedExercise:
    """One exercise: the points that it is worth, and those that were earned.

    Attributes:
        name: of the exercise.
        points: what can be earned.
        earned: what was.
        tests: of its hidden suite.
        key: a hash of all that the result depends on; the same key need not be graded again.
        missing: the needs of earlier exercises that did not pass when it was graded.
    """

    name: str
    points: float
    earned: float
    tests: list[GradedTest]
    key: str = ""
    missing: list[str] = field(default_factory=list)

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(test.failure is None for test in self.tests)

    @property
    def waiting(self) -> bool:
        """Whether there is nothing to judge: it is unwritten, or what it needs is."""
        return bool(self.tests) and all(test.outcome.waits for test in self.tests)

    @property
    def unwritten(self) -> bool:
        """Whether nothing of it is written yet."""
        return self.waiting and any(test.outcome is Outcome.UNWRITTEN for test in self.tests)

    def with_notebook(self, unreadable: str) -> GradedExercise:
        """Return it for the author of a notebook (see `Failure.with_notebook`)."""
        tests = [
            replace(test, failure=test.failure and test.failure.with_notebook(unreadable))
            for test in self.tests
        ]
        return replace(self, tests=tests)


@dataclass(frozen=True)
class Record:
    """A graded submission.

    Attributes:
        learner: the name.
        submission: the names of the files that were handed in.
        graded: when.
        submitted: when, None if it could not be read.
        submitted_source: how we know that, for example "newest file in it".
        problem: why it could not be graded, or not all of it; empty if it was.
        notes: what else people should know about it.
        exercises: those that were graded.
        late_penalty: the share of the points that the late rule takes, 0 to 1.
        seconds: how long the examination took.
        versions: of Python and the libraries.
        sandbox: around the submission while it ran: `namespaces`, `user` or `none`.
    """

    learner: str
    submission: str
    graded: datetime
    submitted: datetime | None = None
    submitted_source: str = ""
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    exercises: list[GradedExercise] = field(default_factory=list)
    late_penalty: float = 0.0
    seconds: float = 0.0
    versions: dict[str, str] = field(default_factory=dict)
    sandbox: str = ""

    @property
    def points(self) -> float:
        """What could be earned."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def earned(self) -> float:
        """What was earned, after the late rule."""
        return sum(exercise.earned for exercise in self.exercises) * (1 - self.late_penalty)

    @property
    def flag(self) -> str:
        """Why an instructor should look at it, empty if nothing is unusual."""
        if self.problem:
            return self.problem
        for exercise in self.exercises:
            for test in exercise.tests:
                if test.failure and test.outcome is Outcome.UNUSABLE:
                    return f"{exercise.name}: {test.failure.reason}"
                if test.outcome in (Outcome.FAILED, Outcome.NOT_RUN):
                    return f"{exercise.name}: the suite broke, see {test.id}"
        return self.notes[0] if self.notes else ""


# Made once: threads that make the first decoder of a type at the same time crash the process.
_DECODER = msgspec.json.Decoder(Record)


def record_path(folder: Path, learner: str) -> Path:
    """Return the file of a learner's record; two learners never share one, whatever their names."""
    safe = re.sub(r"[^\w.-]+", "_", learner).strip("._")[:80]
    if safe != learner:
        # The name was changed to make it a safe file name, so that two may have become alike.
        safe = f"{safe}-{hashlib.sha256(learner.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return folder / "records" / f"{safe}.json"


def write_record(folder: Path, record: Record) -> None:
    """Write a record, whole or not at all."""
    found = msgspec.to_builtins(record)
    for exercise, graded in zip(found["exercises"], record.exercises, strict=True):
        # Readers of the file find each outcome; here it follows from the failure.
        exercise["tests"] = [
            {"outcome": test.outcome.value, **fields}
            for test, fields in zip(graded.tests, exercise["tests"], strict=True)
        ]
    write_whole(
        record_path(folder, record.learner),
        msgspec.json.format(msgspec.json.encode(found), indent=1).decode(),
    )


def read_record(path: Path) -> Record | None:
    """Return the record in `path`, None if there is none or it cannot be read."""
    try:
        return _DECODER.decode(path.read_bytes())
    except (OSError, ValueError):
        return None
