"""Pictures of failing calls, where a picture says more: SVG that a page carries in itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

_PIXEL = 26
# A longer row, or a larger image, is told in words.
_MOST_PIXELS = 24
# A number of more letters does not go into a pixel.
_MOST_LETTERS = 3

_PADDING = re.compile(r"padding\.same_padding\((.*)\)")
_WINDOWS = re.compile(r"(?:convolution\.(conv2d)|pooling\.(?:max|average)_pool)\((.*)\)")
_SHAPE = re.compile(r"array of shape \((\d+), (\d+), (\d+), (\d+)\)")
_SETTINGS = re.compile(r"(?:(?:, \(\d+, \d+\))+(?:, '(SAME|VALID)')?)?$")
_PAIR = re.compile(r", \((\d+), (\d+)\)")
_ELEMENT = re.compile(r"the first at \[(\d+), (\d+), (\d+), (\d+)\]: ")


def picture(call: str, came_back: str, difference: str) -> Markup | None:
    """Return a picture of a call and its answer, or None for calls that are better told in words.

    Args:
        call: as a failure shows it, `padding.same_padding(6, 3, 2)`.
        came_back: what was answered, `(1, 0)`.
        difference: where it is wrong, `... the first at [0, 0, 1, 0]: 7.0, expected 21.0`. The picture shows
            the place and no value, so that it may be drawn though what is expected is not disclosed.
    """
    return _padding(call, came_back) or _window(call, difference)


def _padding(call: str, came_back: str) -> Markup | None:
    match = _PADDING.fullmatch(call)
    arguments, answer = _literal(f"({match[1]},)") if match else None, _literal(came_back)
    if not (isinstance(arguments, tuple) and len(arguments) == 3 and isinstance(answer, (tuple, list))):
        return None
    numbers = (*arguments, *answer)
    if len(answer) != 2 or not all(type(number) is int for number in numbers):
        return None
    size, kernel, stride = arguments
    before, after = answer
    if min(size, kernel, stride) < 1 or min(before, after) < 0 or before + size + after > _MOST_PIXELS:
        return None
    return padded_row(size, kernel, stride, before, after)


def padded_row(size: int, kernel: int, stride: int, before: int, after: int) -> Markup:
    """Draw a row of pixels with its zeros, and below it each place of the window."""
    length = before + size + after
    begins = list(range(0, length - kernel + 1, stride))
    row = ["" if before <= place < before + size else "0" for place in range(length)]
    parts = [_cells([row], lambda y, x: before <= x < before + size)]
    for number, begin in enumerate(begins):
        y, left, right = _PIXEL + 6 + 8 * number, begin * _PIXEL + 2, (begin + kernel) * _PIXEL - 2
        parts.append(f'<line x1="{left}" x2="{right}" y1="{y}" y2="{y}" class="window"/>')
    words = f"{_count(before, 'zero')} before, {_count(size, 'pixel')}, {_count(after, 'zero')} after: "
    words += f"the window of {kernel} has {_count(len(begins), 'place')}"
    return _figure(parts, length * _PIXEL, _PIXEL + 10 + 8 * len(begins), f"Your answer: {words}.")


@dataclass(frozen=True)
class _Axis:
    """Where a window lies along the height or the width of an image.

    Attributes:
        size: pixels of the image.
        before: pixels that SAME padding adds before them.
        length: pixels in all.
        begin: the first pixel of the window, the added ones counted.
        window: how many it covers.
    """

    size: int
    before: int
    length: int
    begin: int
    window: int

    @classmethod
    def at(cls, place: int, size: int, window: int, stride: int, padding: str) -> _Axis:
        """Return the axis for one place of the output."""
        added = max((-(-size // stride) - 1) * stride + window - size, 0) if padding == "SAME" else 0
        return cls(size, added // 2, size + added, place * stride, window)

    def is_pixel(self, place: int) -> bool:
        """Tell whether a place is in the image."""
        return self.before <= place < self.before + self.size


def _window(call: str, difference: str) -> Markup | None:
    """Draw the pixels that the first wrong element of a convolution or pooling is made of."""
    match, element = _WINDOWS.fullmatch(call), _ELEMENT.search(difference)
    settings = _SETTINGS.search(match[2]) if match else None
    shapes = [[int(size) for size in shape] for shape in _SHAPE.findall(call)]
    if not (match and element and settings and shapes):
        return None
    pairs = [(int(down), int(across)) for down, across in _PAIR.findall(settings[0])]
    images = shapes[0]
    if match[1]:
        if len(shapes) != 2 or len(pairs) > 1:
            return None
        window, strides, padding = (shapes[1][0], shapes[1][1]), (pairs or [(1, 1)])[0], settings[1] or "SAME"
    else:
        if len(shapes) != 1 or len(pairs) not in (0, 2):
            return None
        window, strides = pairs or [(2, 2), (2, 2)]
        padding = settings[1] or "VALID"
    if min(*window, *strides) < 1:
        return None
    image, row, column, channel = (int(element[number]) for number in (1, 2, 3, 4))
    rows = _Axis.at(row, images[1], window[0], strides[0], padding)
    columns = _Axis.at(column, images[2], window[1], strides[1], padding)
    if not 1 < max(rows.length, columns.length) <= _MOST_PIXELS:
        return None  # one pixel is no picture either
    values = _literal(match[2].partition(" (")[0])
    numbers = [
        [_number(values, image, y - rows.before, x - columns.before) for x in range(columns.length)]
        for y in range(rows.length)
    ]
    frame = (
        f'<rect x="{columns.begin * _PIXEL + 1}" y="{rows.begin * _PIXEL + 1}" '
        f'width="{columns.window * _PIXEL - 2}" height="{rows.window * _PIXEL - 2}" class="frame"/>'
    )
    cells = _cells(numbers, lambda y, x: rows.is_pixel(y) and columns.is_pixel(x))
    words = f"Element [{image}, {row}, {column}, {channel}] is wrong. It is made of the framed pixels"
    words += f" of image {image}."
    return _figure([cells, frame], columns.length * _PIXEL, rows.length * _PIXEL, words)


def _number(values: Any, image: int, row: int, column: int) -> str:
    """Return a pixel of an image of one channel as it is written; empty where that is not known, or long."""
    try:
        channels = values[image][row][column] if min(row, column) >= 0 else []
        text = f"{channels[0]:g}" if len(channels) == 1 else ""
    except (TypeError, IndexError, ValueError):
        return ""
    return text if len(text) <= _MOST_LETTERS else ""


def _cells(texts: list[list[str]], is_pixel: Callable[[int, int], bool]) -> str:
    """Draw pixels and what was added around them, row by row, with a text in each."""
    parts = []
    side, middle = _PIXEL - 2, _PIXEL // 2
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            x, y = column * _PIXEL + 1, row * _PIXEL + 1
            kind = "pixel" if is_pixel(row, column) else "zero"
            parts.append(f'<rect x="{x}" y="{y}" width="{side}" height="{side}" class="{kind}"/>')
            if text:
                parts.append(
                    f'<text x="{x + middle - 1}" y="{y + middle + 4}" text-anchor="middle">{text}</text>'
                )
    return "".join(parts)


def _figure(parts: list[str], width: int, height: int, words: str) -> Markup:
    return Markup(
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}">{"".join(parts)}</svg><figcaption>{words}</figcaption>'
    )


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
