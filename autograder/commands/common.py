"""Helpers for the commands: the console, the course, missing extras, exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder import UserError
from autograder.course import Course, Exercise, find_course, read_course

# Exit codes.
CANNOT = 2
SOME_NOT_GRADED = 1
INTERRUPTED = 130

ExerciseArgument = Annotated[str, typer.Argument(metavar="EXERCISE", show_default=False)]
OnlyOption = Annotated[str, typer.Option(metavar="NAME,NAME", help="Only these exercises.")]

console = Console(highlight=False, soft_wrap=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


# Modules that need an extra, with the extra.
_EXTRAS = {
    **dict.fromkeys(("copydetect", "jinja2", "markupsafe", "scipy", "sklearn", "tensorflow"), "grade"),
    **dict.fromkeys(("click", "dask", "distributed"), "cluster"),
    **dict.fromkeys(("IPython", "nbconvert", "nbformat", "nbgrader", "traitlets"), "nbgrader"),
}


def missing_extra(error: ModuleNotFoundError) -> str | None:
    """Return a message with the missing extra; None if the module is not part of an extra."""
    module = (error.name or "").partition(".")[0]
    if module not in _EXTRAS:
        return None
    return f"this command needs {module}: pip install 'convolution-course[{_EXTRAS[module]}]'"


def the_course() -> tuple[Path, Course]:
    """Return the course folder that contains the current directory, and the course.

    Raises:
        CourseError: if there is no course, or it cannot be used.
    """
    folder = find_course(Path.cwd())
    return folder, read_course(folder)


def named(course: Course, exercise: str) -> str:
    """Check and return the name of an exercise.

    Raises:
        UserError: if the course has no such exercise.
    """
    if exercise not in course.names:
        raise UserError(f"unknown exercise {exercise!r}; choose from {', '.join(course.names)}")
    return exercise


def chosen(course: Course, only: str) -> list[Exercise]:
    """Return the exercises in `--only`, or all if it is empty."""
    wanted = [named(course, name.strip()) for name in only.split(",") if name.strip()]
    return [exercise for exercise in course.exercises if not wanted or exercise.name in wanted]
