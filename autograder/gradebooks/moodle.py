"""Moodle: fill in an assignment's offline grading worksheet.

The worksheet is enabled in an assignment's feedback types:
https://docs.moodle.org/401/en/Assignment_settings
The column names, and the columns that an upload reads, come from Moodle's source:
https://github.com/moodle/moodle/blob/MOODLE_401_STABLE/mod/assign/gradingtable.php
https://github.com/moodle/moodle/blob/MOODLE_401_STABLE/mod/assign/feedback/offline/importgradeslib.php
"""

from __future__ import annotations

import re

from autograder.gradebooks.roster import Person, Roster, RosterError
from autograder.spreadsheet import Line, Table, number

_GRADE, _COMMENT = "Grade", "Feedback comments"
# An upload compares the last one with the time of the existing grade, and skips newer grades.
_READ_BACK = ("Identifier", _GRADE, _COMMENT, "Last modified (grade)")
_MOST = "Maximum Grade"
_NEEDED = (*_READ_BACK, _MOST)
# Anonymous submissions have neither a name nor an address; the other columns depend on the site.
_NAMES = ("Identifier", "Full name", "Email address", "Username", "ID number")
_PARTICIPANT = re.compile(r"\D*(\d+)")


def read_moodle(table: Table) -> Roster:
    """Return a grading worksheet as a roster.

    Raises:
        RosterError: if the table is not such a worksheet.
    """
    # Capitalization differs between versions of Moodle.
    columns = {name.lower(): index for index, name in reversed(list(enumerate(table.header)))}
    missing = [name for name in _NEEDED if name.lower() not in columns]
    if missing:
        raise RosterError(
            f"{table.path}: not a Moodle grading worksheet: no column {', '.join(missing)}; "
            "download it with Moodle set to English, and with feedback comments switched on"
        )
    people = [_person(table, columns, line) for line in table.lines]
    if not people:
        raise RosterError(f"{table.path}: it has no students")
    return Roster(
        header=table.header,
        lines=[person.cells for person in people],
        people=people,
        grade=columns[_GRADE.lower()],
        comment=columns[_COMMENT.lower()],
        read_back=frozenset(columns[name.lower()] for name in _READ_BACK),
        delimiter=table.delimiter,
        marked=table.marked,
    )


def _person(table: Table, columns: dict[str, int], line: Line) -> Person:
    def cell(name: str) -> str:
        return line.cells[columns[name.lower()]].strip() if name.lower() in columns else ""

    most = number(cell(_MOST))
    if most is None or most <= 0:
        raise RosterError(
            f"{table.path}, line {line.number}: {_MOST} must be a number above 0, not {cell(_MOST)!r}"
        )
    identifier = cell("Identifier")
    participant = _PARTICIPANT.fullmatch(identifier)
    full_name = cell("Full name")
    return Person(
        cells=line.cells,
        shown=f"{full_name} ({identifier})" if full_name else identifier,
        number=participant[1] if participant else "",
        names=frozenset(cell(name) for name in _NAMES),
        most=most,
        closed="locked in Moodle" if cell("Grade can be changed").lower() == "no" else "",
    )
