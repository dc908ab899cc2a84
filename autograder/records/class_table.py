"""The class table for the terminal and as a CSV file, both made from the records."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from rich import box
from rich.table import Table

from autograder.course import Exercise
from autograder.protocol.text import visible
from autograder.records import GradedExercise, Record
from autograder.spreadsheet import text_cell

LEGEND = "exercises, in order: # all tests pass, + some, . none, - not written yet, or needs one that is not"


@dataclass(frozen=True)
class Row:
    """A record's row in the class table. The record stays on disk, because it may be large."""

    learner: str
    submission: str
    submitted: str
    points: float
    earned: float
    late_penalty: float
    strip: str
    by_exercise: tuple[tuple[str, float], ...]
    graded: bool
    flag: str


def row_of(record: Record) -> Row:
    """Return the row of a record."""
    return Row(
        learner=record.learner,
        submission=record.submission,
        submitted=record.submitted.isoformat(timespec="seconds") if record.submitted else "",
        points=record.points,
        earned=record.earned,
        late_penalty=record.late_penalty,
        strip="".join(_mark(exercise) for exercise in record.exercises),
        by_exercise=tuple((exercise.name, exercise.earned) for exercise in record.exercises),
        graded=not record.problem,
        flag=record.flag or _late(record),
    )


def _mark(exercise: GradedExercise) -> str:
    if exercise.waiting:
        return "-"
    if exercise.passed == len(exercise.tests):
        return "#"
    return "+" if exercise.passed else "."


def _late(record: Record) -> str:
    return f"late: {record.late_penalty:.0%} off" if record.late_penalty else ""


def class_table(title: str, rows: list[Row]) -> Table:
    """Return the table to print after grading."""
    table = Table(
        title=title,
        title_justify="left",
        caption=LEGEND,
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    table.add_column("learner", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("exercises", no_wrap=True)
    table.add_column("flag", overflow="fold")
    for row in rows:
        points = f"{round(row.earned, 2):g}/{row.points:g}" if row.graded else "-"
        table.add_row(_text(row.learner), points, row.strip, _text(row.flag))
    return table


def _text(text: str) -> str:
    """Return an untrusted text as one line, with rich's markup escaped."""
    return visible(text[:200]).replace("[", r"\[")


def class_csv(rows: list[Row], exercises: list[Exercise]) -> str:
    """Return the class as CSV: a row for each learner with the points of each exercise."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [exercise.name for exercise in exercises]
    writer.writerow(
        ["learner", "submission", "submitted", "points", "earned", "late_penalty", *names, "flag"]
    )
    for row in rows:
        earned = dict(row.by_exercise)
        writer.writerow(
            [
                text_cell(row.learner),
                text_cell(row.submission),
                row.submitted,
                f"{row.points:g}",
                f"{row.earned:g}",
                f"{row.late_penalty:g}",
                *(f"{earned[name]:g}" if name in earned else "" for name in names),
                text_cell(row.flag),
            ]
        )
    return out.getvalue()
