"""The course as nbgrader notebooks: made from the solutions, checked in the kernel, graded into the gradebook."""

from autograder.notebooks.checks import check, find_given_modules, grade

__all__ = ["check", "find_given_modules", "grade"]
