"""The command line, with commands for learners and for instructors. User errors are printed as one line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from autograder import UserError
from autograder.commands import instructors, learners
from autograder.commands.common import CANNOT, errors, missing_extra

app = typer.Typer(
    help="Do the exercises, grade submissions, maintain a course.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_LEARNERS: tuple[Callable[..., None], ...] = (
    learners.init,
    learners.watch,
    learners.status,
    learners.hint,
    learners.why,
    learners.check,
    learners.reset,
    learners.solution,
)
_INSTRUCTORS: tuple[Callable[..., None], ...] = (
    instructors.grade,
    instructors.worker,
    instructors.report,
    instructors.gradebook,
    instructors.notebooks,
    instructors.gradescope,
    instructors.release,
    instructors.verify,
    instructors.cut,
)
for panel, commands in (("For learners", _LEARNERS), ("For instructors", _INSTRUCTORS)):
    for command in commands:
        app.command(rich_help_panel=panel)(command)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # reads files

        print(f"convolution-course {version('convolution-course')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Define the options that belong to no command."""


def main() -> None:
    """Run the command line; a user error ends it with one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        # Replace characters that the terminal cannot show, instead of raising an error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except UserError as error:
        _stop(str(error))
    except ModuleNotFoundError as error:
        if (message := missing_extra(error)) is None:
            raise
        _stop(message)
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))


def _stop(message: str) -> None:
    errors.print(f"autograder: {message}", markup=False)
    sys.exit(CANNOT)
