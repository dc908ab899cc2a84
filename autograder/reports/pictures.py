"""Pictures of failing calls, where a picture says more: SVG that a page carries in itself."""

from __future__ import annotations

import ast
import re
from typing import Any

from markupsafe import Markup

from autograder.feedback import Histogram

_PIXEL = 26
# A longer row is told in words.
_MOST_PIXELS = 24


def picture(call: str, came_back: str) -> Markup | None:
    """Return a picture of a call and its answer, or None for calls that are better told in words.

    Args:
        call: as a failure shows it, `padding.same_padding(6, 3, 2)`.
        came_back: what was answered, `(1, 0)`.
    """
    match = re.fullmatch(r"padding\.same_padding\((.*)\)", call)
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
    height = _PIXEL + 10 + 8 * len(begins)
    parts = []
    side, middle = _PIXEL - 2, _PIXEL // 2
    for place in range(length):
        kind = "pixel" if before <= place < before + size else "zero"
        x = place * _PIXEL + 1
        parts.append(f'<rect x="{x}" y="1" width="{side}" height="{side}" class="{kind}"/>')
        if kind == "zero":
            parts.append(f'<text x="{x + middle - 1}" y="{middle + 5}" text-anchor="middle">0</text>')
    for row, begin in enumerate(begins):
        y, left, right = _PIXEL + 6 + 8 * row, begin * _PIXEL + 2, (begin + kernel) * _PIXEL - 2
        parts.append(f'<line x1="{left}" x2="{right}" y1="{y}" y2="{y}" class="window"/>')
    words = f"{_count(before, 'zero')} before, {_count(size, 'pixel')}, {_count(after, 'zero')} after: "
    words += f"the window of {kernel} has {_count(len(begins), 'place')}"
    return Markup(
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {length * _PIXEL} {height}" '
        f'width="{length * _PIXEL}" height="{height}">{"".join(parts)}</svg>'
        f"<figcaption>Your answer: {words}.</figcaption>"
    )


def spread(histogram: Histogram) -> Markup:
    """Draw how random numbers are spread."""
    width, height, most = 8, 120, max(histogram.counts)
    parts = []
    for place, count in enumerate(histogram.counts):
        tall = round((height - 22) * count / most)
        x, y = place * width, height - 20 - tall
        parts.append(f'<rect x="{x}" y="{y}" width="{width - 1}" height="{tall}" class="bar"/>')
    end = len(histogram.counts) * width
    low, high = f"{histogram.low:.3g}", f"{histogram.high:.3g}"
    parts.append(f'<text x="0" y="{height - 4}" class="small">{low}</text>')
    parts.append(f'<text x="{end}" y="{height - 4}" text-anchor="end" class="small">{high}</text>')
    words = f"your {sum(histogram.counts):,} numbers, from {low} to {high}"
    return Markup(
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {end} {height}" width="{end}" height="{height}">'
        f"{''.join(parts)}</svg><figcaption>How {words}, are spread.</figcaption>"
    )


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def distribution(bins: list[int]) -> Markup:
    """Draw how many learners earned how much of the points."""
    width, height, most = 44, 120, max([*bins, 1])
    parts = []
    for place, count in enumerate(bins):
        tall = round((height - 40) * count / most)
        x, y = place * width + 4, height - 20 - tall
        parts.append(f'<rect x="{x}" y="{y}" width="{width - 8}" height="{tall}" class="bar"/>')
        middle = x + width // 2 - 4
        if count:
            parts.append(f'<text x="{middle}" y="{y - 4}" text-anchor="middle">{count}</text>')
        span = f"{10 * place}-{10 * place + 10}"
        parts.append(f'<text x="{middle}" y="{height - 5}" text-anchor="middle" class="small">{span}</text>')
    words = ", ".join(f"{10 * place} to {10 * place + 10} %: {count}" for place, count in enumerate(bins))
    return Markup(
        f'<svg role="img" aria-label="Learners by share of the points: {words}" '
        f'viewBox="0 0 {len(bins) * width} {height}" width="{len(bins) * width}" height="{height}">'
        f"{''.join(parts)}</svg>"
    )
