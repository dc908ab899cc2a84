"""The weights of tests within an exercise, set by the mark `points`."""

from __future__ import annotations

import pytest


def points(weight: float) -> pytest.MarkDecorator:
    """Give a test a weight within its exercise's points; a test without a mark has weight 1."""
    return pytest.mark.points(weight)


def weight_of(item: pytest.Item) -> float:
    """Return the weight of a test."""
    mark = item.get_closest_marker("points")
    return float(mark.args[0]) if mark else 1.0
