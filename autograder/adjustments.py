"""What an instructor has changed by hand: `adjustments.csv` in the folder of the results, applied to records.

The file has the columns learner, exercise, points, reason. The records themselves stay as they were written,
so that a class that is graded again keeps the changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import Course
from autograder.record import Record, read_record, record_path
from autograder.spreadsheet import NotATable, number, read_table

FILE_NAME = "adjustments.csv"
COLUMNS = ("learner", "exercise", "points", "reason")


class NoRecords(Exception):
    """Nothing was graded; the text says where it was looked for."""


class BadAdjustments(Exception):
    """The changes cannot be applied; the text is one line that names the file, the line and what is wrong."""


@dataclass(frozen=True)
class Adjustment:
    """The points that an instructor gives for one exercise of one learner.

    Attributes:
        points: instead of those that were earned; the late rule applies to them too.
        reason: in the instructor's words, empty where they gave none.
        place: the file and the line in which it stands.
    """

    points: float
    reason: str
    place: str

    def sentence(self, exercise: str, most: float) -> str:
        """Return what is told about it."""
        told = f"{exercise}: {self.points:g} of {most:g} points, set by hand"
        return f"{told}: {self.reason}" if self.reason else told

    def check(self, exercise: str, most: float) -> None:
        """Check that an exercise has as many points.

        Raises:
            BadAdjustments: where it has not.
        """
        if not 0 <= self.points <= most:
            raise BadAdjustments(f"{self.place}: {exercise} has 0 to {most:g} points, not {self.points:g}")


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
            BadAdjustments: where an exercise had fewer points when the record was written.
        """
        changes = self.of(record.learner)
        changed = [exercise for exercise in record.exercises if exercise.name in changes]
        if not changed:
            return record
        for exercise in changed:
            changes[exercise.name].check(exercise.name, exercise.points)
        exercises = [
            exercise.model_copy(update={"earned": changes[exercise.name].points})
            if exercise.name in changes
            else exercise
            for exercise in record.exercises
        ]
        told = [changes[exercise.name].sentence(exercise.name, exercise.points) for exercise in changed]
        return record.model_copy(update={"exercises": exercises, "notes": [*record.notes, *told]})


def read_adjustments(results: Path, course: Course, learners: Collection[str] = ()) -> Adjustments:
    """Return the changes by hand; none where there is no such file.

    Args:
        results: the folder in which `grade` keeps its records.
        course: what was graded.
        learners: those that are being graded, who may have no record yet.

    Raises:
        BadAdjustments: where a line names nobody, no exercise or no possible points.
    """
    path = results / FILE_NAME
    if not path.exists():
        return Adjustments()
    try:
        table = read_table(path)
    except NotATable as error:
        raise BadAdjustments(str(error)) from error
    missing = [name for name in COLUMNS if name not in table.header]
    if missing:
        raise BadAdjustments(f"{path}: no column {', '.join(missing)}; there must be {', '.join(COLUMNS)}")
    found: dict[str, dict[str, Adjustment]] = {}
    for line in table.lines:
        place = f"{path}, line {line.number}"
        learner, exercise, points, reason = (line.cells[table.header.index(name)].strip() for name in COLUMNS)
        if learner not in learners and not record_path(results, learner).is_file():
            raise BadAdjustments(
                f"{place}: nobody called {learner!r} was graded: copy the name from class.csv"
            )
        most = {known.name: known.points for known in course.exercises}
        if exercise not in most:
            raise BadAdjustments(
                f"{place}: {exercise!r}: no such exercise; there are {', '.join(course.names)}"
            )
        value = number(points)
        if value is None:
            raise BadAdjustments(f"{place}: points must be a number, not {points!r}")
        former = found.setdefault(learner, {}).get(exercise)
        if former:
            raise BadAdjustments(f"{place}: {exercise} of {learner} is set already, in {former.place}")
        adjustment = Adjustment(value, " ".join(reason.split()), place)
        adjustment.check(exercise, most[exercise])
        found[learner][exercise] = adjustment
    return Adjustments(found)


def read_adjusted(results: Path, course: Course) -> Iterator[tuple[Path, Record | None]]:
    """Return each record's file and the record with what was changed by hand, None where it cannot be read.

    One record is in memory at a time.

    Raises:
        NoRecords: where there are none.
        BadAdjustments: where the changes by hand cannot be applied; here, or at the record that it concerns.
    """
    files = sorted((results / "records").glob("*.json"))
    if not files:
        raise NoRecords(f"no records in {results / 'records'}: run autograder grade first")
    adjustments = read_adjustments(results, course)
    return ((file, adjustments.applied(record) if (record := read_record(file)) else None) for file in files)
