"""Gradebooks: the rosters of Canvas and Moodle with the grades filled in, as both import them.

`canvas` and `moodle` read a roster each, `matching` finds whose record belongs to which line, `roster` holds what they
share. Another system is a reader like these, a name in `SYSTEMS`, and the names of its files in `submissions.names`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.files import whole_file
from autograder.gradebooks.canvas import read_canvas
from autograder.gradebooks.matching import match
from autograder.gradebooks.moodle import read_moodle
from autograder.gradebooks.roster import Person, Roster, RosterError
from autograder.protocol.text import visible
from autograder.records import Record
from autograder.records.adjustments import read_adjusted
from autograder.spreadsheet import read_table

__all__ = ["SYSTEMS", "FilledRoster", "RosterError", "write_gradebook"]

SYSTEMS = ("canvas", "moodle")


@dataclass(frozen=True)
class FilledRoster:
    """A written roster: the number of grades and people, and a line for each missing grade."""

    grades: int
    people: int
    missing: list[str]


@dataclass(frozen=True)
class _Graded:
    """The fields of a record that a gradebook shows. The record stays on disk, because it may be large."""

    points: float
    earned: float
    problem: str
    comment: str


def write_gradebook(
    system: str, results: Path, course: Course, roster: Path, out: Path, column: str = ""
) -> FilledRoster:
    """Write the grades of all records into a copy of a roster.

    Args:
        system: "canvas" or "moodle".
        results: the results folder of `grade`.
        course: the graded course.
        roster: Canvas's exported gradebook, or Moodle's grading worksheet.
        out: the file to write.
        column: the assignment in Canvas, if there are several.

    Raises:
        TableError: if the roster is not a table.
        RosterError: if the roster is not from this system.
        NoRecords: if there are no records.
        BadAdjustments: if the adjustments cannot be applied.
        OSError: if the file cannot be written.
    """
    filled = _read_roster(system, roster, column)
    graded, missing = _read_records(results, course)
    matches = match(graded, filled.people)
    missing += matches.unmatched
    count = 0
    for learner, person in matches.found.items():
        problem = _fill(filled, person, graded[learner])
        if problem:
            missing.append(f"{learner}: {problem}, no grade is written")
        else:
            count += 1
    with whole_file(out) as file:
        file.write(filled.text())
    return FilledRoster(count, len(filled.people), [_line(text) for text in missing])


def _read_roster(system: str, path: Path, column: str) -> Roster:
    table = read_table(path)
    if system == "canvas":
        return read_canvas(table, column)
    if column:
        raise RosterError("--column is for Canvas: a Moodle worksheet has one assignment")
    return read_moodle(table)


def _read_records(results: Path, course: Course) -> tuple[dict[str, _Graded], list[str]]:
    """Return the graded submissions by learner, and a line for each unreadable record."""
    graded: dict[str, _Graded] = {}
    unreadable: list[str] = []
    for file, record in read_adjusted(results, course):
        if record is None:
            unreadable.append(f"{file.name}: cannot be read, no grade is written: run autograder grade again")
            continue
        graded[record.learner] = _Graded(record.points, record.earned, record.problem, _comment(record))
    return graded, unreadable


def _comment(record: Record) -> str:
    """Return the comment shown to the learner beside the grade."""
    points = f"{_shown(record.earned)} of {_shown(record.points)} points"
    late = f", late: {record.late_penalty:.0%} off" if record.late_penalty else ""
    exercises = (
        f"{exercise.name}: {_shown(exercise.earned)} of {_shown(exercise.points)}"
        for exercise in record.exercises
    )
    # Moodle treats comments as HTML and joins the lines.
    return ";\n".join([points + late, *exercises])


def _fill(roster: Roster, person: Person, graded: _Graded) -> str:
    """Write the grade, or return why there is none and leave the cells unchanged."""
    if graded.problem:
        return f"could not be graded ({graded.problem})"
    if person.closed:
        return person.closed
    if not graded.points:
        return "no points possible"
    grade = graded.earned / graded.points * person.most
    person.cells[roster.grade] = _shown(min(grade, person.most))
    if roster.comment is not None:
        person.cells[roster.comment] = graded.comment
    return ""


def _shown(points: float) -> str:
    """Return points with at most two decimals."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _line(text: str) -> str:
    return visible(text[:300])
