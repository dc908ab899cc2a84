"""The command line: what learners have, and what instructors have."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from autograder.course import Course, CourseError, Exercise, find_course, read_course
from autograder.sandbox import Level, Unavailable

app = typer.Typer(
    help="Learn by writing the exercises; grade what others wrote; keep a course in order.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console(highlight=False, soft_wrap=False)
_CANNOT = 2
_SOME_NOT_GRADED = 1
_INTERRUPTED = 130

_LEARNERS, _INSTRUCTORS = "For learners", "For instructors"

ExerciseArgument = Annotated[str, typer.Argument(metavar="EXERCISE", show_default=False)]
OnlyOption = Annotated[str, typer.Option(metavar="NAME,NAME", help="These exercises alone.")]


def _stop(message: str) -> NoReturn:
    """End with one line that says what is wrong."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"autograder: {message}", markup=False)
    raise typer.Exit(_CANNOT)


def _course() -> tuple[Path, Course]:
    try:
        folder = find_course(Path.cwd())
        return folder, read_course(folder)
    except CourseError as error:
        _stop(str(error))


def _named(course: Course, exercise: str) -> str:
    if exercise not in course.names:
        _stop(f"{exercise}: no such exercise; there are {', '.join(course.names)}")
    return exercise


def _chosen(course: Course, only: str) -> list[Exercise]:
    wanted = [_named(course, name.strip()) for name in only.split(",") if name.strip()]
    return [exercise for exercise in course.exercises if not wanted or exercise.name in wanted]


@app.command(rich_help_panel=_LEARNERS)
def watch(
    exercise: Annotated[
        str, typer.Argument(metavar="[EXERCISE]", help="To begin with; the first that is not done.")
    ] = "",
) -> None:
    """Run an exercise's tests whenever its file is saved."""
    from autograder.learner.results import CannotRun
    from autograder.learner.screen import console as learners_console
    from autograder.learner.watch import Watch

    folder, course = _course()
    try:
        Watch(folder, course, learners_console()).run(_named(course, exercise) if exercise else "")
    except KeyboardInterrupt:
        raise typer.Exit(_INTERRUPTED) from None
    except (CannotRun, OSError) as error:
        _stop(str(error))


@app.command(rich_help_panel=_LEARNERS)
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

    folder, course = _course()
    screen = learners_console()
    try:
        # On a terminal; elsewhere rich shows none.
        with screen.status("running the tests of what has changed"):
            found = results(folder, course, course.names)
    except (CannotRun, OSError) as error:
        _stop(str(error))
    if markdown:
        print(markdown_table(course, found))
    else:
        screen.print(table(course, found, steps_read(folder)))


@app.command(rich_help_panel=_LEARNERS)
def hint(exercise: ExerciseArgument) -> None:
    """Read the next step of an exercise's hints."""
    from autograder.learner.hints import NoHints, next_hint
    from autograder.learner.screen import console as learners_console
    from autograder.learner.screen import hint_text

    folder, course = _course()
    try:
        found = next_hint(folder, _named(course, exercise))
    except (NoHints, OSError) as error:
        _stop(str(error))
    screen = learners_console()
    screen.print(hint_text(exercise, found))
    screen.print()
    if found.step < found.steps:
        screen.print(f"The same command shows the next of {found.steps}.", style="dim")
    else:
        screen.print(
            f"That was the last one. autograder solution {exercise} --give-up shows the code.", style="dim"
        )


@app.command(rich_help_panel=_LEARNERS)
def why(exercise: ExerciseArgument) -> None:
    """Say which known mistake an exercise's wrong answers are."""
    from autograder.learner.screen import console as learners_console
    from autograder.learner.screen import why_text
    from autograder.learner.why import CannotTell
    from autograder.learner.why import why as find_out

    folder, course = _course()
    screen = learners_console()
    try:
        with screen.status("comparing with the known mistakes"):
            found = find_out(folder, course, _named(course, exercise))
    except (CannotTell, OSError) as error:
        _stop(str(error))
    screen.print(why_text(exercise, found))


@app.command(rich_help_panel=_LEARNERS)
def reset(exercise: ExerciseArgument) -> None:
    """Begin an exercise again; what was written is kept beside."""
    from autograder.cut import CutError
    from autograder.learner.reset import NothingToReset
    from autograder.learner.reset import reset as reset_exercise

    folder, course = _course()
    try:
        kept = reset_exercise(folder, _named(course, exercise))
    except (NothingToReset, CutError, OSError) as error:
        _stop(str(error))
    console.print(f"exercises/{exercise}.py is the stub again", markup=False)
    if kept:
        console.print(f"what was in it is kept in {kept.relative_to(folder).as_posix()}", markup=False)


@app.command(rich_help_panel=_LEARNERS)
def solution(
    exercise: ExerciseArgument,
    give_up: Annotated[bool, typer.Option("--give-up", help="Show it though the tests fail.")] = False,
) -> None:
    """Print the reference, once an exercise's tests pass."""
    from autograder.learner.results import CannotRun, results

    folder, course = _course()
    path = folder / "solutions" / f"{_named(course, exercise)}.py"
    try:
        source = path.read_text(encoding="utf-8")
        if not give_up:
            found = results(folder, course, [exercise])[exercise]
            if not found.done:
                _stop(
                    f"{found.passed} of {found.total} tests of {exercise} pass; --give-up shows the solution "
                    "all the same"
                )
    except FileNotFoundError:
        _stop(f"solutions/{exercise}.py: this course came without it")
    except (CannotRun, OSError) as error:
        _stop(str(error))
    if console.is_terminal:
        from rich.syntax import Syntax

        console.print(Syntax(source, "python", theme="ansi_dark", background_color="default"))
    else:
        print(source, end="")


@app.command(rich_help_panel=_INSTRUCTORS)
def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder of submissions: folders, .zip files, .py files.")
    ],
    out: Annotated[Path, typer.Option(help="Where records, feedback and the class table go.")] = Path(
        "results"
    ),
    workers: Annotated[
        int, typer.Option("-j", "--workers", min=1, help="Submissions at a time.")
    ] = os.cpu_count() or 1,
    only: OnlyOption = "",
    force: Annotated[bool, typer.Option(help="Grade again what has not changed.")] = False,
    sandbox: Annotated[
        Level, typer.Option(help="What is around each submission; nothing weaker is taken in its place.")
    ] = Level.namespaces,
) -> None:
    """Grade submissions: a record each, feedback for each learner, a table of the class."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from autograder import submissions as reading
    from autograder.grade import Assignment
    from autograder.grade import grade as grade_all
    from autograder.notebooks.course_dir import course_of
    from autograder.table import class_table

    if os.name != "posix":
        _stop("grading needs Linux or macOS; `pytest exercises/` runs everywhere")
    folder, course = _course()
    assignment = Assignment(folder, course, _chosen(course, only), out.resolve(), sandbox)
    try:
        entries = reading.find(submissions, course.names)
        (out / "records").mkdir(parents=True, exist_ok=True)
        if not os.access(out / "records", os.W_OK):
            _stop(f"--out {out}: cannot be written to")
    except reading.Unreadable as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}")
    nbgrader = course_of(submissions)
    if nbgrader:
        _check_gradebook(course, nbgrader)
    graded = 0
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(entries))

        def done() -> None:
            nonlocal graded
            graded += 1
            progress.advance(task)

        try:
            rows = grade_all(assignment, entries, submissions.resolve(), workers, force, done)
        except KeyboardInterrupt:
            progress.stop()
            console.print(
                f"stopped: {graded} of {len(entries)} graded; the same command goes on from there",
                markup=False,
            )
            # The threads wait for examiners that have been told to end; nothing is left to clean up.
            sys.stdout.flush()
            os._exit(_INTERRUPTED)
        except Unavailable as error:
            progress.stop()
            _stop(str(error))
        except OSError as error:
            progress.stop()
            _stop(f"{error.filename or out}: {error.strerror}")
    console.print(class_table(course.title, rows))
    problems = sum(not row.graded for row in rows)
    console.print(f"{len(rows) - problems} of {len(rows)} graded, sandbox: {sandbox.value}", markup=False)
    console.print(
        f"records, feedback and class.csv are in {out}; pages: autograder report {out}", markup=False
    )
    if nbgrader:
        _write_gradebook(folder, course, nbgrader, out)
    raise typer.Exit(_SOME_NOT_GRADED if problems else 0)


def _check_gradebook(course: Course, nbgrader: Path) -> None:
    """Stop where nbgrader's gradebook is not ready for what was handed in."""
    try:
        from autograder.notebooks.gradebook import NoGradebook, check_gradebook
    except ModuleNotFoundError as error:
        _stop(f"notebooks need nbgrader ({error.name} is missing): pip install '.[nbgrader]'")
    try:
        check_gradebook(course, nbgrader)
    except NoGradebook as error:
        _stop(str(error))


def _write_gradebook(folder: Path, course: Course, nbgrader: Path, results: Path) -> None:
    from autograder.notebooks.gradebook import NoGradebook, write_gradebook

    try:
        with console.status("writing nbgrader's gradebook"):
            written = write_gradebook(folder, course, nbgrader, results)
    except NoGradebook as error:
        _stop(f"nbgrader's gradebook: {error}")
    console.print(
        f"nbgrader's gradebook: {written.learners} learners in {written.assignments} assignments",
        markup=False,
    )
    if written.by_hand:
        console.print(
            f"{written.by_hand} scores that were set by hand are kept; formgrader lists them to be looked at",
            markup=False,
        )


@app.command(rich_help_panel=_INSTRUCTORS)
def report(
    results: Annotated[Path, typer.Argument(help="What `grade --out` has written.")] = Path("results"),
    compare: Annotated[
        Path | None, typer.Option(metavar="SUBMISSIONS", help="List those whose code is alike too.")
    ] = None,
) -> None:
    """Make pages of what was graded: the class, each learner; Markdown and JUnit XML."""
    from autograder.reports import NoRecords, write_reports
    from autograder.reports.duplicates import near_duplicates, submissions_in
    from autograder.submissions import Unreadable

    folder, course = _course()
    try:
        found = submissions_in(compare, folder, course.names) if compare else ()
        duplicates = near_duplicates(found, folder, course.names) if compare else []
        written = write_reports(results, course, duplicates)
    except (NoRecords, Unreadable) as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or results}: {error.strerror}")
    for path in written:
        console.print(path.as_posix(), markup=False, soft_wrap=True)


@app.command(rich_help_panel=_INSTRUCTORS)
def notebooks(
    course_dir: Annotated[Path, typer.Argument(metavar="COURSE_DIR", help="nbgrader's course folder.")],
) -> None:
    """Cut an nbgrader course: a notebook for each exercise, an assignment for each part."""
    from autograder.cut import CutError

    try:
        from autograder.notebooks.write import write_notebooks
    except ModuleNotFoundError as error:
        _stop(f"notebooks need nbgrader ({error.name} is missing): pip install '.[nbgrader]'")
    folder, course = _course()
    try:
        written = write_notebooks(folder, course, course_dir)
    except CutError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or course_dir}: {error.strerror}")
    for path in written:
        console.print(path.as_posix(), markup=False, soft_wrap=True)


@app.command(rich_help_panel=_INSTRUCTORS)
def release(
    out: Annotated[Path, typer.Argument(help="A new folder, or a file whose name ends in .zip.")],
) -> None:
    """Make the learners' folder: stubs, public tests, trainer; no solution and no hidden test."""
    from autograder.cut import CutError
    from autograder.release import CannotRelease
    from autograder.release import release as write_release

    folder, course = _course()
    try:
        count = write_release(folder, course, out)
    except (CannotRelease, CutError) as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or out}: {error.strerror}")
    console.print(f"{count} files in {out}", markup=False)


@app.command(rich_help_panel=_INSTRUCTORS)
def verify(only: OnlyOption = "") -> None:
    """Check the course itself: solutions, stubs, suites, hints, mistakes and alternatives."""
    from autograder.verify import verify as verify_all

    folder, course = _course()
    complaints = verify_all(folder, course, _chosen(course, only), console)
    raise typer.Exit(1 if complaints else 0)


@app.command(rich_help_panel=_INSTRUCTORS)
def cut(
    check: Annotated[bool, typer.Option(help="Write nothing; fail where a stub is out of date.")] = False,
) -> None:
    """Cut the learners' stubs in exercises/ from solutions/."""
    from autograder.cut import CutError, cut_course, out_of_date

    folder, course = _course()
    try:
        changed = out_of_date(folder, course.names) if check else cut_course(folder, course.names)
    except (CutError, OSError) as error:
        _stop(str(error))
    for path in changed:
        console.print(f"{'out of date' if check else 'cut'}: {path.relative_to(folder)}", markup=False)
    raise typer.Exit(1 if check and changed else 0)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets another in its place, not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
