"""Records: the stored results of each submission. Tables, feedback and reports are made only from records.

`adjustments` applies an instructor's changes; `disclosure` decides what a learner sees; `feedback` and `class_table`
write the texts and tables.
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
from autograder.protocol.text import listed


@dataclass(frozen=True)
class GradedTest:
    """One test of a hidden suite.

    Attributes:
        id: its pytest id.
        idea: the sentence that it checks.
        weight: its weight within the exercise's points.
        failure: why it failed; None if it passed.
        details: pytest's text, if the suite itself broke.
        seconds: its duration.
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
    """One graded exercise.

    Attributes:
        name: the name of the exercise.
        points: the maximum points.
        earned: the earned points.
        tests: the tests of its hidden suite.
        key: a hash of everything the result depends on; an equal key need not be graded again.
        missing: its needs in earlier exercises that did not pass when it was graded.
        stand_ins: the functions of earlier exercises that the solutions answered for, because they do not pass.
        unexplained: True if the search for mistakes took too long and was stopped.
    """

    name: str
    points: float
    earned: float
    tests: list[GradedTest]
    key: str = ""
    missing: list[str] = field(default_factory=list)
    stand_ins: list[str] = field(default_factory=list)
    unexplained: bool = False

    @property
    def passed(self) -> int:
        """The number of passed tests."""
        return sum(test.failure is None for test in self.tests)

    @property
    def waiting(self) -> bool:
        """True if there is nothing to judge: it is not written yet, or waits for an earlier exercise."""
        return bool(self.tests) and all(test.outcome.waits for test in self.tests)

    @property
    def help(self) -> str:
        """What the solutions answered for, and that the search for mistakes was stopped; empty if neither."""
        sentences = []
        if self.stand_ins:
            verb = "does" if len(self.stand_ins) == 1 else "do"
            names = listed(self.stand_ins)
            sentences.append(f"Examined with the right values of {names}, which {verb} not pass yet.")
        if self.unexplained:
            sentences.append(
                "The search for the mistake took too long and was stopped: only the failing calls are shown."
            )
        return " ".join(sentences)

    @property
    def unwritten(self) -> bool:
        """True if nothing is written yet."""
        return self.waiting and any(test.outcome is Outcome.UNWRITTEN for test in self.tests)

    def with_notebook(self, unreadable: str) -> GradedExercise:
        """Return the exercise for a notebook (see `Failure.with_notebook`)."""
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
        memory_limit: what enforced the memory limit: `cgroup v2` or `cgroup v1`, or `measured` without control groups.
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
    memory_limit: str = ""

    @property
    def points(self) -> float:
        """The maximum points."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def earned(self) -> float:
        """The earned points, after the late rule."""
        return sum(exercise.earned for exercise in self.exercises) * (1 - self.late_penalty)

    @property
    def flag(self) -> str:
        """Why an instructor should look at it; empty if nothing is unusual."""
        if self.problem:
            return self.problem
        for exercise in self.exercises:
            for test in exercise.tests:
                if test.failure and test.outcome is Outcome.UNUSABLE:
                    return f"{exercise.name}: {test.failure.reason}"
                if test.outcome in (Outcome.FAILED, Outcome.NOT_RUN):
                    return f"{exercise.name}: the suite broke, see {test.id}"
        return self.notes[0] if self.notes else ""


# Made once: if threads make the first decoder of a type at the same time, the process crashes.
_DECODER = msgspec.json.Decoder(Record)


def record_path(folder: Path, learner: str) -> Path:
    """Return the path of a learner's record; it is unique for each learner."""
    safe = re.sub(r"[^\w.-]+", "_", learner).strip("._")[:80]
    if safe != learner:
        # Two names may become equal when they are changed to safe file names, so add a hash.
        safe = f"{safe}-{hashlib.sha256(learner.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return folder / "records" / f"{safe}.json"


def write_record(folder: Path, record: Record) -> None:
    """Write a record atomically."""
    found = msgspec.to_builtins(record)
    for exercise, graded in zip(found["exercises"], record.exercises, strict=True):
        # Add each outcome for readers of the file; in the code it follows from the failure.
        exercise["tests"] = [
            {"outcome": test.outcome.value, **fields}
            for test, fields in zip(graded.tests, exercise["tests"], strict=True)
        ]
    write_whole(
        record_path(folder, record.learner),
        msgspec.json.format(msgspec.json.encode(found), indent=1).decode(),
    )


def read_record(path: Path) -> Record | None:
    """Return the record in `path`; None if it is missing or cannot be read."""
    try:
        return _DECODER.decode(path.read_bytes())
    except (OSError, ValueError):
        return None
