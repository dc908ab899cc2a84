"""The marks of a test: its weight, what it proves, and if it needs TensorFlow."""

from __future__ import annotations

from typing import Any

import pytest


def points(weight: float) -> pytest.MarkDecorator:
    """Give a test a weight within its exercise's points; a test without a mark has weight 1."""
    return pytest.mark.points(weight)


def proves(*functions: str) -> pytest.MarkDecorator:
    """Mark a test that no constant, no echo of an argument and no guess passes.

    Until a function has passed one of the tests that prove it, the other tests that call it earn nothing. So these
    may be small examples, whose answers could be guessed.

    Args:
        functions: the proved functions of the exercise, `"same_padding"`, and methods, `"EarlyStopping.update"`; for
            an object that a function returns, `"chain.conv2d"`.
    """
    return pytest.mark.proves(*functions)


def tensors(test: Any) -> Any:
    """Mark a test that gives the submission tensors, so it needs TensorFlow; the others of its suite do not."""
    return pytest.mark.tensors(test)


def weight_of(item: pytest.Item) -> float:
    """Return the weight of a test."""
    mark = item.get_closest_marker("points")
    return float(mark.args[0]) if mark else 1.0


def proved_by(item: pytest.Item) -> list[str]:
    """Return the functions that a test proves."""
    return [function for mark in item.iter_markers("proves") for function in mark.args]
