"""Test suites for exercises, and a grader that never runs a submission in its own process.

This module has the names that suites import; the commands are in `autograder.cli`.
"""

from importlib import import_module
from typing import Any

_MARKS = ("points", "proves", "tensors")
__all__ = [
    "UserError",
    "bad_input",
    "close",
    "expect_array",
    "expect_values",
    "points",
    "proves",
    "same",
    "tensors",
]


class UserError(Exception):
    """An error that the user can correct. Its text is one line: what is wrong, where, what to do."""


def __getattr__(name: str) -> Any:
    # Imported on demand, because pytest and NumPy take longer to import than many commands take to run.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "autograder.suite.weights" if name in _MARKS else "autograder.suite.expected"
    return getattr(import_module(module), name)
