"""Weights of tests within their exercise: the mark `points`."""

from __future__ import annotations

import pytest


def points(weight: float) -> pytest.MarkDecorator:
    """Mark a test as worth `weight` parts of its exercise's points; a test without a mark is worth 1."""
    return pytest.mark.points(weight)


def weight_of(item: pytest.Item) -> float:
    """Return the weight that `points` gave a test."""
    mark = item.get_closest_marker("points")
    return float(mark.args[0]) if mark else 1.0
