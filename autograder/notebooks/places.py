"""Where to edit, as whoever wrote a notebook sees it: by the function, for a cell has no lines of a file."""

from __future__ import annotations

import re

from autograder.record import GradedExercise

_IN_MODULE = re.compile(r" \(in (\w+)\.py, line \d+\)$")


def name_the_notebook(exercise: GradedExercise, unreadable: str = "") -> None:
    """Change the places in an exercise's failures.

    Args:
        exercise: that was handed in as a notebook.
        unreadable: why the notebook could not be read, where that is so.
    """
    for test in exercise.tests:
        if failure := test.failure:
            failure.came_back = _IN_MODULE.sub(r" (in \1.ipynb)", failure.came_back)
            if failure.edit:
                function = f", {failure.function}" if failure.function else ""
                failure.edit = f"{failure.exercise}.ipynb{function}"
            if unreadable and failure.kind == "unusable":
                failure.difference = unreadable
