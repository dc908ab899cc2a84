"""Adjustments: the points that an instructor has changed by hand, in `adjustments.csv` beside the records.

The file has the columns learner, exercise, points, reason. The records themselves stay as they were written,
so that a class that is graded again keeps the changes.
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
    """Nothing was graded; the text says where we looked."""


class BadAdjustments(UserError):
    """The changes cannot be applied; the text is one line that names the file, the line and what is wrong."""


@dataclass(frozen=True)
class Adjustment:
    """The points that an instructor gives for one exercise of one learner.

    Attributes:
        points: instead of those that were earned; the late rule applies to them too.
        reason: in the instructor's words, empty where they gave none.
        line: the file and the line in which it stands, for messages.
    """

    points: float
    reason: str
    line: str

    def sentence(self, exercise: str, most: float) -> str:
        """Return what people read about it."""
        changed = f"{exercise}: {self.points:g} of {most:g} points, set by hand"
        return f"{changed}: {self.reason}" if self.reason else changed

    def check(self, exercise: str, most: float) -> None:
        """Check that an exercise has that many points.

        Raises:
            BadAdjustments: if it has fewer.
        """
        if not 0 <= self.points <= most:
            raise BadAdjustments(f"{self.line}: {exercise} has 0 to {most:g} points, not {self.points:g}")


@dataclass(frozen=True)
class Adjustments:
    """All changes by hand: by learner, then by exercise."""

    by_learner: Mapping[str, Mapping[str, Adjustment]] = field(default_factory=dict)

    def of(self, learner: str) -> Mapping[str, Adjustment]:
        """Return a learner's, by exercise."""
        return self.by_learner.get(learner, {})

    def applied(self, record: Record) -> Record:
        """Return the record with the changes in it; the one that was given stays as it is.

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
    """Return the changes by hand; none if there is no such file.

    Args:
        results: the folder in which `grade` keeps its records.
        course: what was graded.
        learners: those that are being graded, who may have no record yet.

    Raises:
        BadAdjustments: if a line names nobody, no exercise or no possible points.
        TableError: if the file is not a table.
    """
    path = results / FILE_NAME
    if not path.exists():
        return Adjustments()
    table = read_table(path)
    missing = [name for name in COLUMNS if name not in table.header]
    if missing:
        raise BadAdjustments(f"{path}: no column {', '.join(missing)}; there must be {', '.join(COLUMNS)}")
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
    """Return each record's file and the record with what was changed by hand, None where it cannot be read.

    One record is in memory at a time.

    Raises:
        NoRecords: if there are none.
        BadAdjustments: if the changes by hand cannot be applied; here, or at the record concerned.
    """
    files = sorted((results / "records").glob("*.json"))
    if not files:
        raise NoRecords(f"no records in {results / 'records'}: run autograder grade first")
    adjustments = read_adjustments(results, course)
    return ((file, adjustments.applied(record) if (record := read_record(file)) else None) for file in files)
