"""Canvas: the exported gradebook, reduced to the people and one assignment, for import.

The columns that an import needs; calculated columns are ignored:
https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades
https://ts.vcu.edu/askit/teaching-and-learning/canvas/faculty/grading-faculty/gradebook-action-menu-faculty/
The names, the order and the line with the points come from Canvas's source:
https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_exporter.rb
https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.gradebooks.roster import Person, Roster, RosterError
from autograder.spreadsheet import Line, Table, number

_NEEDED = ("ID", "SIS Login ID", "Section")
# An instructor can make Canvas write "LastName" and "FirstName" instead of "Student"; only some institutions have the
# last three.
_ABOUT_PEOPLE = (
    "Student",
    "LastName",
    "FirstName",
    *_NEEDED,
    "SIS User ID",
    "Integration ID",
    "Root Account",
)
_POINTS = "Points Possible"
_ASSIGNMENT = re.compile(r"(?P<title>.*\S)\s*\(\d+\)")
# Canvas ignores every column with one of these in its name.
_CALCULATED = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)|\(read only\)")
# Every Canvas course has a student of this name for the instructor's student view.
_TEST_STUDENT = "Student, Test"


def read_canvas(table: Table, column: str) -> Roster:
    """Return an exported gradebook as a roster.

    Args:
        table: the export.
        column: the assignment, with or without the number in parentheses; may be empty if there is only one.

    Raises:
        RosterError: if the table is not such an export, or the assignment is ambiguous.
    """
    missing = [name for name in _NEEDED if name not in table.header]
    if "Student" not in table.header and "LastName" not in table.header:
        missing = ["Student", *missing]
    if missing:
        raise RosterError(f"{table.path}: not a Canvas gradebook: no column {', '.join(missing)}")
    points = next((line for line in table.lines if _POINTS in line.cells[0]), None)
    if points is None:
        raise RosterError(f"{table.path}: no line {_POINTS!r}: export the gradebook from Canvas again")
    grade = _assignment(table, points, column)
    most = number(points.cells[grade])
    if most is None or most <= 0:
        raise RosterError(
            f"{table.path}, line {points.number}: {table.header[grade]!r} must have points, "
            f"not {points.cells[grade]!r}: set them in Canvas, then export again"
        )
    kept = [index for index, name in enumerate(table.header) if name in _ABOUT_PEOPLE]
    kept.append(grade)
    people = [_person(table.header, kept, line, most) for line in table.lines if _is_person(table, line)]
    if not people:
        raise RosterError(f"{table.path}: it has no students")
    header = [table.header[index] for index in kept]
    return Roster(
        header=header,
        lines=[[points.cells[index] for index in kept], *(person.cells for person in people)],
        people=people,
        grade=len(header) - 1,
        comment=None,
        read_back=frozenset({header.index("ID"), len(header) - 1}),
        # Canvas reads commas and semicolons, but not a byte order mark before a quoted name.
        delimiter="," if table.delimiter == "\t" else table.delimiter,
        marked=False,
    )


def _assignment(table: Table, points: Line, column: str) -> int:
    """Return the index of the assignment's column."""
    titles = dict(_assignments(table, points))
    listed = ", ".join(table.header[index] for index in titles)
    if not titles:
        raise RosterError(f"{table.path}: it has no assignment, such as 'Padding (12345)'")
    if not column:
        found = list(titles)
        problem = f"it has {len(found)} assignments, choose one with --column"
    else:
        # The name with its number is always unique.
        found = [index for index in titles if table.header[index] == column.strip()]
        found = found or [index for index, title in titles.items() if title == column.strip()]
        problem = f"--column {column!r} matches {'several assignments' if found else 'no assignment'}"
    if len(found) != 1:
        raise RosterError(f"{table.path}: {problem}: {listed}")
    return found[0]


def _assignments(table: Table, points: Line) -> Iterator[tuple[int, str]]:
    """Yield the index and title of each assignment column."""
    for index, (name, possible) in enumerate(zip(table.header, points.cells, strict=True)):
        match = _ASSIGNMENT.fullmatch(name)
        if match and not _CALCULATED.search(name) and not _CALCULATED.search(possible):
            yield index, match["title"]


def _is_person(table: Table, line: Line) -> bool:
    """Return True if a line is about a person, not about points or posting."""
    return _POINTS not in line.cells[0] and bool(line.cells[0].strip() or _cell(table.header, line, "ID"))


def _person(header: list[str], kept: list[int], line: Line, most: float) -> Person:
    if "Student" in header:
        student = _cell(header, line, "Student")
    else:
        student = f"{_cell(header, line, 'LastName')}, {_cell(header, line, 'FirstName')}"
    last, _, first = student.partition(", ")
    canvas_id = _cell(header, line, "ID")
    known = {_cell(header, line, name) for name in ("SIS User ID", "SIS Login ID", "Integration ID")}
    cells = [line.cells[index] for index in kept]
    return Person(
        cells=cells,
        shown=f"{student} ({canvas_id})",
        number=canvas_id,
        names=frozenset({student, f"{first} {last}".strip(), canvas_id, *known}),
        most=most,
        closed="excused in Canvas (EX)" if cells[-1].strip().upper() == "EX" else "",
        expected=student != _TEST_STUDENT,
    )


def _cell(header: list[str], line: Line, name: str) -> str:
    return line.cells[header.index(name)].strip() if name in header else ""
