"""The commands for learners."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder import UserError
from autograder.commands.common import INTERRUPTED, ExerciseArgument, console, named, the_course


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    solutions: Annotated[
        bool, typer.Option("--solutions", help="Add solutions, hidden tests and known mistakes.")
    ] = False,
) -> None:
    """Make a folder with the course; with --solutions, for teachers and for learning alone."""
    from autograder.course.release import init_files, write_new_folder

    write_new_folder(folder, init_files(solutions))
    console.print(f"the course is in {folder}: cd {folder}, then pytest exercises/", markup=False)


def watch(
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="[EXERCISE]", help="The exercise to start with; by default the first that is not done."
        ),
    ] = "",
) -> None:
    """Run an exercise's tests whenever its file is saved."""
    from autograder.learner.screen import console as learners_console
    from autograder.learner.watch import Watch

    folder, course = the_course()
    try:
        Watch(folder, course, learners_console()).run(named(course, exercise) if exercise else "")
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


def status(
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, for example for the summary of a CI job.")
    ] = False,
) -> None:
    """Show the progress of each exercise and the next step."""
    from autograder.learner.hints import steps_read
    from autograder.learner.rerun import results
    from autograder.learner.screen import console as learners_console
    from autograder.learner.screen import markdown_table, table

    folder, course = the_course()
    screen = learners_console()
    # rich shows this only on a terminal.
    with screen.status("running the tests of changed exercises"):
        found = results(folder, course, course.names)
    if markdown:
        print(markdown_table(course, found))
    else:
        screen.print(table(course, found, steps_read(folder)))


def hint(exercise: ExerciseArgument) -> None:
    """Show the next hint for an exercise."""
    from autograder.learner.hints import next_hints
    from autograder.learner.screen import console as learners_console
    from autograder.learner.screen import hint_text

    folder, course = the_course()
    found = next_hints(folder, named(course, exercise))
    screen = learners_console()
    for one in found:
        screen.print(hint_text(exercise, one))
        screen.print()
    if found[-1].step < found[-1].steps:
        screen.print(f"Run the same command for the next of {found[-1].steps} hints.", style="dim")
        return
    solution_is_here = (folder / "solutions" / f"{exercise}.py").is_file()
    more = f" autograder solution {exercise} --give-up shows the code." if solution_is_here else ""
    screen.print(f"That was the last hint.{more}", style="dim")


def check(exercise: ExerciseArgument) -> None:
    """Run the hidden tests on your exercise: your points, the smallest wrong call, the known mistake."""
    from autograder.learner.hidden_suite import check as run_hidden_suite
    from autograder.learner.screen import check_text
    from autograder.learner.screen import console as learners_console

    folder, course = the_course()
    screen = learners_console()
    with screen.status("running the hidden tests"):
        graded = run_hidden_suite(folder, course, named(course, exercise))
    screen.print(check_text(graded))
    if graded.earned < graded.points:
        raise typer.Exit(1)


def why(exercise: ExerciseArgument) -> None:
    """Say what is wrong with your answers: a known mistake, or what they have in common."""
    from autograder.learner.screen import console as learners_console
    from autograder.learner.screen import why_text
    from autograder.learner.why import why as find_out

    folder, course = the_course()
    screen = learners_console()
    with screen.status("looking for what the wrong answers have in common"):
        found = find_out(folder, course, named(course, exercise))
    screen.print(why_text(exercise, found))


def reset(exercise: ExerciseArgument) -> None:
    """Start an exercise again; your code is kept in a backup."""
    from autograder.learner.reset import reset as reset_exercise

    folder, course = the_course()
    kept = reset_exercise(folder, named(course, exercise))
    console.print(f"exercises/{exercise}.py is the stub again", markup=False)
    if kept:
        console.print(f"your code is kept in {kept.relative_to(folder).as_posix()}", markup=False)


def solution(
    exercise: ExerciseArgument,
    give_up: Annotated[bool, typer.Option("--give-up", help="Show it even if tests fail.")] = False,
) -> None:
    """Print the reference solution, if the exercise's tests pass."""
    from autograder.learner.rerun import results

    folder, course = the_course()
    path = folder / "solutions" / f"{named(course, exercise)}.py"
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"solutions/{exercise}.py: this course does not include solutions") from None
    if not give_up:
        found = results(folder, course, [exercise])[exercise]
        if not found.done:
            raise UserError(
                f"{found.passed} of {found.total} tests of {exercise} pass; --give-up shows the solution anyway"
            )
    if console.is_terminal:
        from rich.syntax import Syntax

        console.print(Syntax(source, "python", theme="ansi_dark", background_color="default"))
    else:
        print(source, end="")
