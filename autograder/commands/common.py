"""What commands share: the course, the console, how they end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from autograder.course import Course, CourseError, Exercise, find_course, read_course

# Exit codes.
CANNOT = 2
SOME_NOT_GRADED = 1
INTERRUPTED = 130

ExerciseArgument = Annotated[str, typer.Argument(metavar="EXERCISE", show_default=False)]
OnlyOption = Annotated[str, typer.Option(metavar="NAME,NAME", help="These exercises alone.")]

console = Console(highlight=False, soft_wrap=False)


def stop(message: str) -> NoReturn:
    """End with one line that says what is wrong."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"autograder: {message}", markup=False)
    raise typer.Exit(CANNOT)


def the_course() -> tuple[Path, Course]:
    """Return the folder of the course around the current directory, and the course."""
    try:
        folder = find_course(Path.cwd())
        return folder, read_course(folder)
    except CourseError as error:
        stop(str(error))


def named(course: Course, exercise: str) -> str:
    """Return the name of an exercise that there is."""
    if exercise not in course.names:
        stop(f"{exercise}: no such exercise; there are {', '.join(course.names)}")
    return exercise


def chosen(course: Course, only: str) -> list[Exercise]:
    """Return the exercises that `--only` names; all, where it names none."""
    wanted = [named(course, name.strip()) for name in only.split(",") if name.strip()]
    return [exercise for exercise in course.exercises if not wanted or exercise.name in wanted]
