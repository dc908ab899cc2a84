"""The course as nbgrader's notebooks: cut from the solutions, checked in the kernel, read when handed in."""

from autograder.notebooks.kernel import check, grade

__all__ = ["check", "grade"]
