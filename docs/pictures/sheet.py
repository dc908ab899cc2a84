"""The sheet that every picture is drawn on: 720 pixels wide, three colours, and a few things to draw with."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

WIDTH = 720
# An SVG of matplotlib has 72 dots per inch, so that a point is a pixel and sizes can be given in pixels.
DOTS_PER_INCH = 72

INK = "#1c1f24"
GREY = "#5b6470"
LINE = "#b9c0ca"
PAPER = "#ffffff"
PALE = "#eef0f3"

# Three that the colour-blind can tell apart too, for lines and words; the pale ones are for areas.
BLUE, PALE_BLUE = "#0072b2", "#d3e6f3"
ORANGE, PALE_ORANGE = "#c65200", "#fbdfcb"
GREEN, PALE_GREEN = "#00805c", "#cdeade"

TEXT = 13
SMALL = 12

# What every picture is drawn with, whatever the settings of whoever draws. Text stays text, in the first of
# these fonts that the reader has: they are about equally wide.
STYLE = {
    "svg.fonttype": "none",
    "font.sans-serif": ["DejaVu Sans", "Verdana"],
    "font.monospace": ["DejaVu Sans Mono", "Menlo", "Consolas"],
}

# As characters they look like the letter x and a hyphen.
TIMES = "\N{MULTIPLICATION SIGN}"
MINUS = "\N{MINUS SIGN}"

# Half the height of a digit, as a share of the font size: what lies between its middle and its baseline.
_HALF_A_DIGIT = 0.36
_LINE_SPACING = 1.3


def number(value: float, digits: int = 0) -> str:
    """Return a number as it is printed: a true minus sign, a comma at the thousands."""
    return f"{value:,.{digits}f}".replace("-", MINUS)


def product(numbers: Sequence[int]) -> str:
    """Return a shape as it is printed, 28 x 28 x 1 with true signs."""
    return f" {TIMES} ".join(number(size) for size in numbers)


def sheet(height: int, words: str) -> Axes:
    """Return an empty sheet, measured in pixels from its upper left corner.

    Args:
        height: of the picture, in pixels.
        words: what the picture says, for those who do not see it.
    """
    figure = Figure(figsize=(WIDTH / DOTS_PER_INCH, height / DOTS_PER_INCH), label=words)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    return axes


def chart(axes: Axes, left: float, top: float, width: float, height: float) -> Axes:
    """Return axes for curves, at a place of the sheet that is given in pixels."""
    whole = axes.figure.get_figheight() * DOTS_PER_INCH
    inner = axes.figure.add_axes((left / WIDTH, 1 - (top + height) / whole, width / WIDTH, height / whole))
    inner.spines[["top", "right"]].set_visible(False)
    inner.spines[["left", "bottom"]].set_color(LINE)
    inner.tick_params(labelsize=SMALL, labelcolor=GREY, color=LINE, length=4)
    inner.patch.set_visible(False)
    return inner


def write(axes: Axes, x: float, y: float, text: str, size: float = TEXT, **look: str) -> None:
    """Write lines of text, the middle of the first line at y.

    Args:
        axes: the sheet, or a chart.
        x: where the text begins, ends, or has its middle: `ha` says which, the middle if nothing does.
        y: the middle of the first line.
        text: its lines are separated by newlines.
        size: of the font.
        look: other properties of matplotlib's text, such as `color`, `weight` and `family`.
    """
    for line, words in enumerate(text.split("\n")):
        # The baseline is placed, not the box around the letters: that depends on which letters there are.
        below = size * (_HALF_A_DIGIT + _LINE_SPACING * line)
        axes.annotate(
            words,
            (x, y),
            (0, -below),
            textcoords="offset points",
            size=size,
            **{"ha": "center", "va": "baseline", "color": INK, **look},
        )


def box(
    axes: Axes,
    left: float,
    top: float,
    width: float,
    height: float,
    fill: str = PAPER,
    radius: float = 5,
    **look: str,
) -> None:
    """Draw a box with round corners; `look` are properties of a patch, such as `edgecolor`."""
    style = {"edgecolor": GREY, "linewidth": 1.2, **look}
    corners = f"round,pad=0,rounding_size={radius}"
    axes.add_patch(FancyBboxPatch((left, top), width, height, corners, facecolor=fill, **style))


def frame(axes: Axes, left: float, top: float, width: float, height: float, color: str = ORANGE) -> None:
    """Draw a strong frame around what is to be looked at."""
    axes.add_patch(Rectangle((left, top), width, height, fill=False, edgecolor=color, linewidth=3, zorder=3))


def cell(
    axes: Axes,
    left: float,
    top: float,
    width: float,
    text: str = "",
    fill: str = PAPER,
    height: float | None = None,
    **look: str,
) -> None:
    """Draw a pixel, or another single number: a square, unless a height is given; `look` is of its text."""
    height = width if height is None else height
    axes.add_patch(Rectangle((left, top), width, height, facecolor=fill, edgecolor=GREY, linewidth=1))
    if text:
        write(axes, left + width / 2, top + height / 2, text, **{"size": 14, **look})


def arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    color: str = GREY,
    bend: float = 0,
    **look,
) -> None:
    """Draw an arrow; it bends to its left where `bend` is above 0."""
    style = {"arrowstyle": "-|>", "mutation_scale": 12, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0, **look}
    curve = f"arc3,rad={bend}"
    axes.add_patch(FancyArrowPatch(start, end, color=color, connectionstyle=curve, **style))


def bracket(axes: Axes, left: float, right: float, y: float, color: str = GREY, height: float = 6) -> None:
    """Draw a bracket over what is between left and right; a height below 0 is one under it."""
    axes.plot([left, left, right, right], [y + height, y, y, y + height], color=color, linewidth=1.2)


def save(axes: Axes, path: Path) -> None:
    """Write the sheet as SVG: the same bytes at each run, its text as text."""
    written = io.StringIO()
    # The salt makes the identifiers in the file. Each picture has its own, for several on one page.
    with matplotlib.rc_context({"svg.hashsalt": path.stem}):
        about = {"Title": axes.figure.get_label(), "Date": None, "Creator": None}
        axes.figure.savefig(written, format="svg", metadata=about)
    # In points, browsers would show it a third larger.
    text = written.getvalue().replace(f'width="{WIDTH}pt"', f'width="{WIDTH}"', 1)
    height = f"{axes.figure.get_figheight() * DOTS_PER_INCH:g}"
    text = text.replace(f'height="{height}pt"', f'height="{height}"', 1)
    path.write_text(text, encoding="utf-8", newline="\n")
