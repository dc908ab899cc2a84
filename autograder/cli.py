"""The command line: what learners have, and what instructors have."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import typer

from autograder.commands import instructors, learners

app = typer.Typer(
    help="Learn by writing the exercises; grade what others wrote; keep a course in order.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_LEARNERS: tuple[Callable[..., None], ...] = (
    learners.watch,
    learners.status,
    learners.hint,
    learners.why,
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


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets another in its place, not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
