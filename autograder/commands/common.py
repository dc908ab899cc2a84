"""What commands share: the course, the console, how they end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def one_line(place: Path, *mistakes: type[Exception]) -> Iterator[None]:
    """End with one line where a mistake of the user's is met, or a file cannot be read or written.

    Args:
        place: which file it is, where the system does not say.
        mistakes: the exceptions whose text is that line.
    """
    try:
        yield
    except mistakes as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or place}: {error.strerror}")


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
