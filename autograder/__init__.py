"""Exercise suites that run anywhere, and a grader that never runs a submission in its own process.

What a suite imports is here; the commands are in `autograder.cli`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.expected import bad_input, close, expect_array, expect_values, same
    from autograder.weights import points

__all__ = ["bad_input", "close", "expect_array", "expect_values", "points", "same"]


def __getattr__(name: str) -> Any:
    # They import pytest and NumPy, which take longer than many a command.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("autograder.weights" if name == "points" else "autograder.expected"), name)
