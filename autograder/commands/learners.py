"""The commands for learners."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.commands.common import INTERRUPTED, ExerciseArgument, console, named, stop, the_course


def watch(
    exercise: Annotated[
        str, typer.Argument(metavar="[EXERCISE]", help="To begin with; the first that is not done.")
    ] = "",
) -> None:
    """Run an exercise's tests whenever its file is saved."""
    from autograder.learner.results import CannotRun
    from autograder.learner.screen import console as learners_console
    from autograder.learner.watch import Watch

    folder, course = the_course()
    try:
        Watch(folder, course, learners_console()).run(named(course, exercise) if exercise else "")
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except (CannotRun, OSError) as error:
        stop(str(error))


def status(
    markdown: Annotated[
        bool, typer.Option("--markdown", help="As a table for a page, such as a CI job's summary.")
    ] = False,
) -> None:
    """Show how far each exercise is, and what comes next."""
    from autograder.learner.hints import steps_read
    from autograder.learner.results import CannotRun, results
    from autograder.learner.screen import console as learners_console
    from autograder.learner.screen import markdown_table, table

    folder, course = the_course()
    screen = learners_console()
    try:
        # On a terminal; elsewhere rich shows none.
        with screen.status("running the tests of what has changed"):
            found = results(folder, course, course.names)
    except (CannotRun, OSError) as error:
        stop(str(error))
    if markdown:
        print(markdown_table(course, found))
    else:
        screen.print(table(course, found, steps_read(folder)))


def hint(exercise: ExerciseArgument) -> None:
    """Read the next step of an exercise's hints."""
    from autograder.learner.hints import NoHints, next_hint
    from autograder.learner.screen import console as learners_console
    from autograder.learner.screen import hint_text

    folder, course = the_course()
    try:
        found = next_hint(folder, named(course, exercise))
    except (NoHints, OSError) as error:
        stop(str(error))
    screen = learners_console()
    screen.print(hint_text(exercise, found))
    screen.print()
    if found.step < found.steps:
        screen.print(f"The same command shows the next of {found.steps}.", style="dim")
    else:
        screen.print(
            f"That was the last one. autograder solution {exercise} --give-up shows the code.", style="dim"
        )


def why(exercise: ExerciseArgument) -> None:
    """Say which known mistake an exercise's wrong answers are."""
    from autograder.learner.screen import console as learners_console
    from autograder.learner.screen import why_text
    from autograder.learner.why import CannotTell
    from autograder.learner.why import why as find_out

    folder, course = the_course()
    screen = learners_console()
    try:
        with screen.status("comparing with the known mistakes"):
            found = find_out(folder, course, named(course, exercise))
    except (CannotTell, OSError) as error:
        stop(str(error))
    screen.print(why_text(exercise, found))


def reset(exercise: ExerciseArgument) -> None:
    """Begin an exercise again; what was written is kept beside."""
    from autograder.cut import CutError
    from autograder.learner.reset import NothingToReset
    from autograder.learner.reset import reset as reset_exercise

    folder, course = the_course()
    try:
        kept = reset_exercise(folder, named(course, exercise))
    except (NothingToReset, CutError, OSError) as error:
        stop(str(error))
    console.print(f"exercises/{exercise}.py is the stub again", markup=False)
    if kept:
        console.print(f"what was in it is kept in {kept.relative_to(folder).as_posix()}", markup=False)


def solution(
    exercise: ExerciseArgument,
    give_up: Annotated[bool, typer.Option("--give-up", help="Show it though the tests fail.")] = False,
) -> None:
    """Print the reference, once an exercise's tests pass."""
    from autograder.learner.results import CannotRun, results

    folder, course = the_course()
    path = folder / "solutions" / f"{named(course, exercise)}.py"
    try:
        source = path.read_text(encoding="utf-8")
        if not give_up:
            found = results(folder, course, [exercise])[exercise]
            if not found.done:
                stop(
                    f"{found.passed} of {found.total} tests of {exercise} pass; --give-up shows the solution "
                    "all the same"
                )
    except FileNotFoundError:
        stop(f"solutions/{exercise}.py: this course came without it")
    except (CannotRun, OSError) as error:
        stop(str(error))
    if console.is_terminal:
        from rich.syntax import Syntax

        console.print(Syntax(source, "python", theme="ansi_dark", background_color="default"))
    else:
        print(source, end="")
