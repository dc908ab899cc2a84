"""Read tables from spreadsheets and learning platforms, in any encoding; write cells that are not formulas."""

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
# A spreadsheet treats a cell that starts with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The csv module stops at 128 KiB; Moodle's worksheets can contain learners' whole texts.
_LONGEST_CELL = 2**24


class TableError(UserError):
    """A file cannot be read as a table; the text says why in one line."""


@dataclass(frozen=True)
class Line:
    """One line of a table: its line number in the file, and a cell for each column."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A table from a file.

    Attributes:
        path: the file.
        header: the names of the columns.
        lines: the non-empty lines, without the header.
        delimiter: the delimiter between cells.
        marked: True if the file starts with a byte order mark.
    """

    path: Path
    header: list[str]
    lines: list[Line]
    delimiter: str
    marked: bool


def text_cell(text: str) -> str:
    """Return an untrusted text as a cell that no spreadsheet treats as a formula.

    >>> text_cell("=1+1"), text_cell("ann"), text_cell("-")
    ("'=1+1", 'ann', '-')
    """
    return f"'{text}" if text.startswith(_FORMULA) and len(text) > 1 else text


def number(text: str) -> float | None:
    """Return the number in a cell, with a decimal point or comma; None if it is not a number.

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
        TableError: if the file cannot be read, or a line has more cells than there are columns.
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
        raise TableError(f"{path}: the file is empty")
    header = [name.strip() for name in lines[0].cells]
    for line in lines[1:]:
        if any(line.cells[len(header) :]):
            raise TableError(
                f"{path}, line {line.number}: {len(line.cells)} cells, but the first line has {len(header)}"
            )
        # A spreadsheet may omit empty cells at the end of a line.
        line.cells[len(header) :] = []
        line.cells.extend([""] * (len(header) - len(line.cells)))
    return Table(path, header, lines[1:], delimiter, data.startswith(_BYTE_ORDER_MARKS))


def _decoded(path: Path, data: bytes) -> str:
    for encoding in _encodings(data):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding).removeprefix("\ufeff")
            if "\0" not in text:
                return text
    raise TableError(f"{path}: not a text file: export it as CSV again")


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
    # Keep line breaks inside cells.
    return io.StringIO(text, newline="")


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(_opened(text), delimiter=delimiter)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Line(begins, cells)
        begins = reader.line_num + 1
