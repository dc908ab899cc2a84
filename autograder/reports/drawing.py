"""Drawings of failing calls: helpers for a course's drawings, and how a report finds them.

A course can draw failing calls: `tests/drawings/padding.py` has a function `draw(failure)` that returns a figure, or
None for a call that it does not draw. The code here does not know the course's functions.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from autograder.protocol.failure import Failure

# The side of a cell in the picture, in screen pixels.
CELL = 26
# Longer rows and larger images are not drawn.
MOST_CELLS = 24
# Longer numbers do not fit into a cell.
_MOST_LETTERS = 3

Draw = Callable[[Failure], Markup | None]


def read_drawings(course: Path, names: Iterable[str]) -> dict[str, Draw]:
    """Return the drawing function of each exercise that has one.

    Args:
        course: the course folder.
        names: the names of the exercises.
    """
    folder = course / "tests" / "drawings"
    found = {}
    # Drawings share helper modules.
    sys.path.insert(0, str(folder))
    try:
        for name in names:
            file = folder / f"{name}.py"
            if file.is_file():
                spec = importlib.util.spec_from_file_location(f"drawings_{name}", file)
                assert spec
                assert spec.loader
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                found[name] = module.draw
    finally:
        sys.path.remove(str(folder))
    return found


def number_text(number: Any) -> str:
    """Return a number as text for a cell; empty if it is not a number or too long."""
    text = f"{number:g}" if isinstance(number, (int, float)) else ""
    return text if len(text) <= _MOST_LETTERS else ""


def cells(texts: Sequence[Sequence[str]], is_pixel: Callable[[int, int], bool]) -> Markup:
    """Draw a grid of cells with texts; cells that are not pixels are drawn as padding."""
    parts = []
    side, middle = CELL - 2, CELL // 2
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            x, y = column * CELL + 1, row * CELL + 1
            kind = "pixel" if is_pixel(row, column) else "zero"
            parts.append(f'<rect x="{x}" y="{y}" width="{side}" height="{side}" class="{kind}"/>')
            if text:
                position = f'x="{x + middle - 1}" y="{y + middle + 4}"'
                parts.append(f'<text {position} text-anchor="middle">{escape(text)}</text>')
    return Markup("".join(parts))


def frame(row: int, column: int, height: int, width: int) -> Markup:
    """Draw a frame around cells."""
    return Markup(
        f'<rect x="{column * CELL + 1}" y="{row * CELL + 1}" '
        f'width="{width * CELL - 2}" height="{height * CELL - 2}" class="frame"/>'
    )


def bar(row: float, column: int, width: int) -> Markup:
    """Draw a bar as wide as some cells, at a height in cells."""
    left, right, y = column * CELL + 2, (column + width) * CELL - 2, round(row * CELL)
    return Markup(f'<line x1="{left}" x2="{right}" y1="{y}" y2="{y}" class="window"/>')


def figure(parts: Iterable[Markup], width: float, height: float, words: str) -> Markup:
    """Return a figure made of parts, with its size in cells and a description in words."""
    wide, tall = round(width * CELL), round(height * CELL)
    return Markup(
        f'<svg role="img" aria-label="{escape(words)}" viewBox="0 0 {wide} {tall}" width="{wide}" '
        f'height="{tall}">{"".join(parts)}</svg><figcaption>{escape(words)}</figcaption>'
    )


def count(number: int, thing: str) -> str:
    """Return `no zeros`, `1 zero` or `2 zeros`."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"
