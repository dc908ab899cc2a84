"""Adjustments: points that an instructor sets by hand, in `adjustments.csv` beside the records.

The file has the columns learner, exercise, points, reason. The records do not change, so the adjustments stay when a
class is graded again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder import UserError
from autograder.course import Course
from autograder.records import Record, read_record, record_path
from autograder.spreadsheet import number, read_table

FILE_NAME = "adjustments.csv"
COLUMNS = ("learner", "exercise", "points", "reason")


class NoRecords(UserError):
    """There are no records; the text says where we looked."""


class BadAdjustments(UserError):
    """The adjustments cannot be applied; the text names the file, the line and the problem."""


@dataclass(frozen=True)
class Adjustment:
    """The points that an instructor gives for one exercise of one learner.

    Attributes:
        points: replace the earned points; the late rule applies to them too.
        reason: the instructor's reason; may be empty.
        line: the file and line, for messages.
    """

    points: float
    reason: str
    line: str

    def sentence(self, exercise: str, most: float) -> str:
        """Return the sentence that people read."""
        changed = f"{exercise}: {self.points:g} of {most:g} points, set by hand"
        return f"{changed}: {self.reason}" if self.reason else changed

    def check(self, exercise: str, most: float) -> None:
        """Check that the points are within the exercise's points.

        Raises:
            BadAdjustments: if they are not.
        """
        if not 0 <= self.points <= most:
            raise BadAdjustments(f"{self.line}: {exercise} has 0 to {most:g} points, not {self.points:g}")


@dataclass(frozen=True)
class Adjustments:
    """All adjustments: by learner, then by exercise."""

    by_learner: Mapping[str, Mapping[str, Adjustment]] = field(default_factory=dict)

    def of(self, learner: str) -> Mapping[str, Adjustment]:
        """Return a learner's adjustments, by exercise."""
        return self.by_learner.get(learner, {})

    def applied(self, record: Record) -> Record:
        """Return a copy of the record with the adjustments applied.

        Raises:
            BadAdjustments: if an exercise had fewer points when the record was written.
        """
        changes = self.of(record.learner)
        changed = [exercise for exercise in record.exercises if exercise.name in changes]
        if not changed:
            return record
        for exercise in changed:
            changes[exercise.name].check(exercise.name, exercise.points)
        exercises = [
            replace(exercise, earned=changes[exercise.name].points) if exercise.name in changes else exercise
            for exercise in record.exercises
        ]
        notes = [changes[exercise.name].sentence(exercise.name, exercise.points) for exercise in changed]
        return replace(record, exercises=exercises, notes=[*record.notes, *notes])


def read_adjustments(results: Path, course: Course, learners: Collection[str] = ()) -> Adjustments:
    """Return the adjustments; none if the file does not exist.

    Args:
        results: the folder of results.
        course: the graded course.
        learners: the learners being graded, who may have no record yet.

    Raises:
        BadAdjustments: if a line has an unknown learner, an unknown exercise or impossible points.
        TableError: if the file is not a table.
    """
    path = results / FILE_NAME
    if not path.exists():
        return Adjustments()
    table = read_table(path)
    missing = [name for name in COLUMNS if name not in table.header]
    if missing:
        raise BadAdjustments(f"{path}: no column {', '.join(missing)}; it needs {', '.join(COLUMNS)}")
    found: dict[str, dict[str, Adjustment]] = {}
    for line in table.lines:
        location = f"{path}, line {line.number}"
        learner, exercise, points, reason = (line.cells[table.header.index(name)].strip() for name in COLUMNS)
        if learner not in learners and not record_path(results, learner).is_file():
            raise BadAdjustments(
                f"{location}: nobody called {learner!r} was graded: copy the name from class.csv"
            )
        most = {known.name: known.points for known in course.exercises}
        if exercise not in most:
            raise BadAdjustments(
                f"{location}: {exercise!r}: no such exercise; there are {', '.join(course.names)}"
            )
        value = number(points)
        if value is None:
            raise BadAdjustments(f"{location}: points must be a number, not {points!r}")
        former = found.setdefault(learner, {}).get(exercise)
        if former:
            raise BadAdjustments(f"{location}: {exercise} of {learner} is already set in {former.line}")
        adjustment = Adjustment(value, " ".join(reason.split()), location)
        adjustment.check(exercise, most[exercise])
        found[learner][exercise] = adjustment
    return Adjustments(found)


def read_adjusted(results: Path, course: Course) -> Iterator[tuple[Path, Record | None]]:
    """Return each record's file and the adjusted record; None if a record cannot be read.

    Only one record is in memory at a time.

    Raises:
        NoRecords: if there are no records.
        BadAdjustments: if the adjustments cannot be applied, at once or when the record is read.
    """
    files = sorted((results / "records").glob("*.json"))
    if not files:
        raise NoRecords(f"no records in {results / 'records'}: run autograder grade first")
    adjustments = read_adjustments(results, course)
    return ((file, adjustments.applied(record) if (record := read_record(file)) else None) for file in files)
