"""The course as nbgrader notebooks: made from the solutions, checked in the kernel, graded into the gradebook."""

from autograder.notebooks.checks import check, grade

__all__ = ["check", "grade"]
