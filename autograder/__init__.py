"""Exercise suites that run anywhere, and a grader that never runs a submission in its own process.

What a suite imports is here; the commands are in `autograder.cli`.
"""

from autograder.expected import bad_input, close, expect_array, expect_values, same
from autograder.weights import points

__all__ = ["bad_input", "close", "expect_array", "expect_values", "points", "same"]
