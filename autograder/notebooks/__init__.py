"""The course as nbgrader's notebooks: cut from the solutions, checked in the kernel, graded into the gradebook."""

from autograder.notebooks.checks import check, grade

__all__ = ["check", "grade"]
