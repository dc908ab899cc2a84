"""Tables as spreadsheets and learning platforms write them, in any encoding; cells that are no formulas."""

from __future__ import annotations

import codecs
import csv
import io
import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder import UserError

_DELIMITERS = ",;\t"
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The csv module stops at 128 KiB; Moodle's worksheets hold whole texts that learners have written.
_LONGEST_CELL = 2**24


class TableError(UserError):
    """A file cannot be read as a table; the text is one line that says why."""


@dataclass(frozen=True)
class Line:
    """One line of a table: where it begins in the file, and a cell for each column."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A table as it was read.

    Attributes:
        path: of the file.
        header: the names of the columns.
        lines: those that are not empty, without the header.
        delimiter: what stands between two cells.
        marked: whether the file began with a byte order mark.
    """

    path: Path
    header: list[str]
    lines: list[Line]
    delimiter: str
    marked: bool


def text_cell(text: str) -> str:
    """Return a stranger's text as a cell that no spreadsheet takes for a formula.

    >>> text_cell("=1+1"), text_cell("ann"), text_cell("-")
    ("'=1+1", 'ann', '-')
    """
    return f"'{text}" if text.startswith(_FORMULA) and len(text) > 1 else text


def number(text: str) -> float | None:
    """Return the number in a cell, written with a decimal point or comma; None if there is none.

    >>> number("9.5"), number(" 9,5 "), number("nine"), number("inf")
    (9.5, 9.5, None, None)
    """
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def read_table(path: Path) -> Table:
    """Read a CSV file: UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs between the cells.

    Raises:
        TableError: where it cannot be read, or a line has more cells than there are columns.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from error
    text = _decoded(path, data)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        delimiter = max(
            _DELIMITERS, key=lambda sign: len(next(csv.reader(_opened(text), delimiter=sign), []))
        )
        lines = list(_lines(text, delimiter))
    except csv.Error as error:
        raise TableError(f"{path}: not a CSV file: {error}") from error
    if not lines:
        raise TableError(f"{path}: nothing is in it")
    header = [name.strip() for name in lines[0].cells]
    for line in lines[1:]:
        if any(line.cells[len(header) :]):
            raise TableError(
                f"{path}, line {line.number}: {len(line.cells)} cells, but the first line names {len(header)}"
            )
        # A spreadsheet may leave out the empty cells at the end of a line.
        line.cells[len(header) :] = []
        line.cells.extend([""] * (len(header) - len(line.cells)))
    return Table(path, header, lines[1:], delimiter, data.startswith(_BYTE_ORDER_MARKS))


def _decoded(path: Path, data: bytes) -> str:
    for encoding in _encodings(data):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding).removeprefix("\ufeff")
            if "\0" not in text:
                return text
    raise TableError(f"{path}: not a text: export it as CSV again")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    # Without a mark, every other byte of a UTF-16 header is zero.
    if data[1:2] == b"\0":
        return ("utf-16-le",)
    if data[:1] == b"\0":
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def _opened(text: str) -> io.StringIO:
    # The line ends inside a cell stay as they are.
    return io.StringIO(text, newline="")


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(_opened(text), delimiter=delimiter)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Line(begins, cells)
        begins = reader.line_num + 1
