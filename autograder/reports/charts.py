"""Charts as SVG inside the page."""

from __future__ import annotations

from markupsafe import Markup

from autograder.protocol.failure import Histogram


def distribution(bins: list[int]) -> Markup:
    """Draw a histogram of the learners' share of the points."""
    width, height, most = 44, 120, max([*bins, 1])
    parts = []
    for number, count in enumerate(bins):
        tall = round((height - 40) * count / most)
        x, y = number * width + 4, height - 20 - tall
        parts.append(f'<rect x="{x}" y="{y}" width="{width - 8}" height="{tall}" class="bar"/>')
        middle = x + width // 2 - 4
        if count:
            parts.append(f'<text x="{middle}" y="{y - 4}" text-anchor="middle">{count}</text>')
        span = f"{10 * number}-{10 * number + 10}"
        parts.append(f'<text x="{middle}" y="{height - 5}" text-anchor="middle" class="small">{span}</text>')
    words = ", ".join(f"{10 * number} to {10 * number + 10} %: {count}" for number, count in enumerate(bins))
    return Markup(
        f'<svg role="img" aria-label="Learners by share of the points: {words}" '
        f'viewBox="0 0 {len(bins) * width} {height}" width="{len(bins) * width}" height="{height}">'
        f"{''.join(parts)}</svg>"
    )


def spread(histogram: Histogram) -> Markup:
    """Draw a histogram of random numbers."""
    width, height, most = 8, 120, max(histogram.counts)
    parts = []
    for number, count in enumerate(histogram.counts):
        tall = round((height - 22) * count / most)
        x, y = number * width, height - 20 - tall
        parts.append(f'<rect x="{x}" y="{y}" width="{width - 1}" height="{tall}" class="bar"/>')
    end = len(histogram.counts) * width
    low, high = f"{histogram.low:.3g}", f"{histogram.high:.3g}"
    parts.append(f'<text x="0" y="{height - 4}" class="small">{low}</text>')
    parts.append(f'<text x="{end}" y="{height - 4}" text-anchor="end" class="small">{high}</text>')
    words = f"your {sum(histogram.counts):,} numbers, from {low} to {high}"
    return Markup(
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {end} {height}" width="{end}" height="{height}">'
        f"{''.join(parts)}</svg><figcaption>The distribution of {words}.</figcaption>"
    )
