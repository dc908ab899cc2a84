"""A roster: the table that a learning platform gave out, its people and the column for their grades."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from autograder import UserError
from autograder.spreadsheet import text_cell


class RosterError(UserError):
    """A roster cannot be filled in; the text is one line that says why."""


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody in a roster.

    Attributes:
        cells: the line of the roster, into which the grade is written.
        shown: the name by which an instructor knows them.
        number: what the platform puts into the names of files that are downloaded in bulk.
        names: all else that stands for them: full name, login, e-mail address.
        most: how many points the platform's assignment has.
        closed: why the platform accepts no grade for them, empty if it does.
        expected: whether a missing record is worth a line.
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
    """The table that is filled in and given back.

    Attributes:
        header: the names of the columns.
        lines: of all people, and what the platform wants to have between them.
        people: those of them who may get a grade.
        grade: the index of the column for grades.
        comment: the index of the column for comments, None if there is none.
        read_back: the indices of the columns that the platform reads. They come back as they were.
        delimiter: what stands between two cells.
        marked: whether the file begins with a byte order mark.
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
        """Return the file."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(self.header)
        for line in self.lines:
            # Learners choose their names themselves, and the platform looks at the others only.
            writer.writerow(
                cell if index in self.read_back else text_cell(cell) for index, cell in enumerate(line)
            )
        return ("\ufeff" if self.marked else "") + out.getvalue()
