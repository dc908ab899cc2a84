"""A roster: a table exported by a learning platform, its people and the column for their grades."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from autograder import UserError
from autograder.spreadsheet import text_cell


class RosterError(UserError):
    """A roster cannot be filled in; the text says why in one line."""


@dataclass(frozen=True, eq=False)
class Person:
    """A person in a roster.

    Attributes:
        cells: the line of the roster, into which the grade is written.
        shown: the name shown to the instructor.
        number: the ID that the platform puts into the names of bulk downloads.
        names: other names of the person: full name, login, e-mail address.
        most: the points of the platform's assignment.
        closed: why the platform accepts no grade for the person; empty if it does.
        expected: True if a missing record should be reported.
    """

    cells: list[str]
    shown: str
    number: str
    names: frozenset[str]
    most: float
    closed: str = ""
    expected: bool = True


@dataclass(frozen=True)
class Roster:
    """The table to fill in and return.

    Attributes:
        header: the names of the columns.
        lines: the lines of all people, and other lines that the platform needs.
        people: the people who may get a grade.
        grade: the index of the column for grades.
        comment: the index of the column for comments, None if there is none.
        read_back: the indices of the columns that the platform reads. They are returned unchanged.
        delimiter: the delimiter between cells.
        marked: True if the file starts with a byte order mark.
    """

    header: list[str]
    lines: list[list[str]]
    people: list[Person]
    grade: int
    comment: int | None
    read_back: frozenset[int]
    delimiter: str
    marked: bool

    def text(self) -> str:
        """Return the content of the file."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(self.header)
        for line in self.lines:
            # Other cells, such as names chosen by learners, are made safe; the platform does not read them.
            writer.writerow(
                cell if index in self.read_back else text_cell(cell) for index, cell in enumerate(line)
            )
        return ("\ufeff" if self.marked else "") + out.getvalue()
