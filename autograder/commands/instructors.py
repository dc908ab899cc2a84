"""The commands for instructors."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from autograder.commands.common import (
    INTERRUPTED,
    SOME_NOT_GRADED,
    OnlyOption,
    chosen,
    console,
    one_line,
    stop,
    the_course,
)
from autograder.course import Course
from autograder.sandbox import Level, Unavailable

if TYPE_CHECKING:
    from autograder.adjustments import Adjustments
    from autograder.examination import Examiner
    from autograder.grade import Assignment
    from autograder.table import Row


def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder of submissions: folders, .zip files, .py files.")
    ],
    out: Annotated[Path, typer.Option(help="Where records, feedback and the class table go.")] = Path(
        "results"
    ),
    workers: Annotated[
        int | None,
        typer.Option("-j", "--workers", min=1, help="Submissions at a time; as many as there are cores."),
    ] = None,
    only: OnlyOption = "",
    force: Annotated[bool, typer.Option(help="Grade again what has not changed.")] = False,
    sandbox: Annotated[
        Level, typer.Option(help="What is around each submission; nothing weaker is taken in its place.")
    ] = Level.namespaces,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Of a Dask scheduler, whose workers examine them.")
    ] = "",
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append what happens, a JSON object a line.")
    ] = None,
    metrics: Annotated[
        int | None, typer.Option(metavar="PORT", help="Serve numbers for Prometheus at 127.0.0.1:PORT.")
    ] = None,
) -> None:
    """Grade submissions: a record each, feedback for each learner, a table of the class."""
    from autograder import submissions as reading
    from autograder.adjustments import BadAdjustments, read_adjustments
    from autograder.cluster import MOST_AT_A_TIME, NoCluster
    from autograder.commands.following import CannotFollow, Following
    from autograder.grade import Assignment
    from autograder.grade import grade as grade_all
    from autograder.notebooks.course_dir import course_of
    from autograder.results_folder import InUse, sole_use
    from autograder.table import class_table

    if os.name != "posix":
        stop("grading needs Linux or macOS; `pytest exercises/` runs everywhere")
    folder, course = the_course()
    exercises = chosen(course, only)
    with one_line(out, reading.Unreadable, BadAdjustments):
        entries = reading.find(submissions, course.names)
        adjustments = read_adjustments(out, course, [entry.learner for entry in entries])
    assignment = Assignment(folder, course, exercises, out.resolve(), sandbox, adjustments)
    nbgrader = course_of(submissions)
    if nbgrader:
        _check_gradebook(course, nbgrader)
    at_a_time = workers or (MOST_AT_A_TIME if cluster else os.cpu_count() or 1)
    following = Following(console, assignment, len(entries), log, metrics)
    try:
        with (
            one_line(out, Unavailable, BadAdjustments, CannotFollow, InUse, NoCluster),
            sole_use(out),
            following,
            _examiner(assignment, submissions.resolve(), cluster) as examiner,
        ):
            rows = grade_all(assignment, entries, examiner, at_a_time, force, following.done)
            following.reason = "done"
    except KeyboardInterrupt:
        console.print(
            f"stopped: {following.finished} of {len(entries)} graded; the same command goes on from there",
            markup=False,
        )
        # The threads wait for examiners that have been told to end; nothing is left to clean up.
        sys.stdout.flush()
        os._exit(INTERRUPTED)
    console.print(class_table(course.title, rows))
    _tell_adjustments(adjustments, rows)
    problems = sum(not row.graded for row in rows)
    console.print(f"{len(rows) - problems} of {len(rows)} graded, sandbox: {sandbox.value}", markup=False)
    if slow := following.pace.slow():
        console.print(slow, markup=False)
    console.print(
        f"records, feedback and class.csv are in {out}; pages: autograder report {out}", markup=False
    )
    if nbgrader:
        _write_gradebook(folder, course, nbgrader, out)
    raise typer.Exit(SOME_NOT_GRADED if problems else 0)


def _examiner(assignment: Assignment, submissions: Path, cluster: str) -> AbstractContextManager[Examiner]:
    """Return what examines, here or on a cluster's workers."""
    from autograder.grade import examinations_here

    if not cluster:
        return examinations_here(assignment, submissions)
    try:
        from autograder.cluster.examinations import ClusterExaminations
    except ModuleNotFoundError as error:
        _stop_without_dask(error)
    return ClusterExaminations(cluster, assignment, partial(console.print, markup=False, soft_wrap=True))


def _stop_without_dask(error: ModuleNotFoundError) -> NoReturn:
    stop(f"a cluster needs dask.distributed ({error.name} is missing): pip install '.[cluster]'")


def worker(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Of the Dask scheduler: tcp://host:8786.")
    ],
    at_a_time: Annotated[
        int | None,
        typer.Option("-j", "--workers", min=1, help="Submissions at a time; as many as there are cores."),
    ] = None,
    sandbox: Annotated[Level, typer.Option(help="What is around each submission.")] = Level.namespaces,
) -> None:
    """Examine submissions for `grade --cluster` on other machines, until it is stopped."""
    from autograder.cluster import NoCluster

    try:
        from autograder.cluster.worker import work
    except ModuleNotFoundError as error:
        _stop_without_dask(error)
    with one_line(Path(address), Unavailable, NoCluster):
        tell = partial(console.print, markup=False, soft_wrap=True)
        work(address, at_a_time or os.cpu_count() or 1, sandbox, tell)


def _list_files(paths: list[Path]) -> None:
    for path in paths:
        console.print(path.as_posix(), markup=False, soft_wrap=True)


def _stop_without_nbgrader(error: ModuleNotFoundError) -> NoReturn:
    stop(f"notebooks need nbgrader ({error.name} is missing): pip install '.[nbgrader]'")


def _tell_adjustments(adjustments: Adjustments, rows: list[Row]) -> None:
    """Say how many points were set by hand, and which could not be."""
    from autograder.adjustments import FILE_NAME

    kept = 0
    for row in rows:
        changes = adjustments.of(row.learner)
        kept += len(changes.keys() & dict(row.by_exercise).keys())
        for change in () if row.graded else changes.values():
            console.print(
                f"{change.place}: not applied, for the submission could not be graded",
                markup=False,
                soft_wrap=True,
            )
    if kept:
        changed = "1 change by hand is kept" if kept == 1 else f"{kept} changes by hand are kept"
        console.print(f"{changed}, from {FILE_NAME}", markup=False)


def _check_gradebook(course: Course, nbgrader: Path) -> None:
    """Stop where nbgrader's gradebook is not ready for what was handed in."""
    try:
        from autograder.notebooks.gradebook import NoGradebook, check_gradebook
    except ModuleNotFoundError as error:
        _stop_without_nbgrader(error)
    try:
        check_gradebook(course, nbgrader)
    except NoGradebook as error:
        stop(str(error))


def _write_gradebook(folder: Path, course: Course, nbgrader: Path, results: Path) -> None:
    from autograder.notebooks.gradebook import NoGradebook, write_gradebook

    try:
        with console.status("writing nbgrader's gradebook"):
            written = write_gradebook(folder, course, nbgrader, results)
    except NoGradebook as error:
        stop(f"nbgrader's gradebook: {error}")
    console.print(
        f"nbgrader's gradebook: {written.learners} learners in {written.assignments} assignments",
        markup=False,
    )
    if written.by_hand:
        console.print(
            f"{written.by_hand} scores that were set by hand are kept; formgrader lists them to be looked at",
            markup=False,
        )


def report(
    results: Annotated[Path, typer.Argument(help="What `grade --out` has written.")] = Path("results"),
    compare: Annotated[
        Path | None, typer.Option(metavar="SUBMISSIONS", help="List those whose code is alike too.")
    ] = None,
) -> None:
    """Make pages of what was graded: the class, each learner; Markdown and JUnit XML."""
    from autograder.adjustments import BadAdjustments, NoRecords
    from autograder.reports import write_reports
    from autograder.reports.duplicates import near_duplicates, submissions_in
    from autograder.submissions import Unreadable

    folder, course = the_course()
    with one_line(results, NoRecords, Unreadable, BadAdjustments):
        found = submissions_in(compare, folder, course.names) if compare else ()
        duplicates = near_duplicates(found, folder, course.names) if compare else []
        written = write_reports(results, course, duplicates)
    _list_files(written)


def gradebook(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="canvas or moodle.", show_default=False)],
    results: Annotated[Path, typer.Argument(help="What `grade --out` has written.")],
    roster: Annotated[
        Path, typer.Option(help="The gradebook that Canvas exports, or Moodle's grading worksheet.")
    ],
    out: Annotated[Path, typer.Option(help="The file to write, which the system imports.")],
    column: Annotated[
        str, typer.Option(metavar="NAME", help="Canvas's assignment, where there are several.")
    ] = "",
) -> None:
    """Write the grades into the roster of Canvas or Moodle, to be imported there."""
    from autograder.adjustments import BadAdjustments, NoRecords
    from autograder.gradebooks import SYSTEMS, NoGradebook, write_gradebook

    _, course = the_course()
    if system not in SYSTEMS:
        stop(f"{system}: no such system; there are {', '.join(SYSTEMS)}")
    try:
        written = write_gradebook(system, results, course, roster, out, column)
    except (NoGradebook, NoRecords, BadAdjustments) as error:
        stop(str(error))
    except OSError as error:
        stop(f"--out {out}: {error.strerror}")
    console.print(
        f"{written.grades} grades for {written.people} people are in {out}", markup=False, soft_wrap=True
    )
    told = Console(stderr=True, highlight=False, soft_wrap=True)
    for line in written.told:
        told.print(line, markup=False)
    raise typer.Exit(SOME_NOT_GRADED if written.told else 0)


def notebooks(
    course_dir: Annotated[Path, typer.Argument(metavar="COURSE_DIR", help="nbgrader's course folder.")],
) -> None:
    """Cut an nbgrader course: a notebook for each exercise, an assignment for each part."""
    from autograder.cut import CutError

    try:
        from autograder.notebooks.write import write_notebooks
    except ModuleNotFoundError as error:
        _stop_without_nbgrader(error)
    folder, course = the_course()
    with one_line(course_dir, CutError):
        written = write_notebooks(folder, course, course_dir)
    _list_files(written)


def release(
    out: Annotated[Path, typer.Argument(help="A new folder, or a file whose name ends in .zip.")],
) -> None:
    """Make the learners' folder: stubs, public tests, trainer; no solution and no hidden test."""
    from autograder.cut import CutError
    from autograder.release import CannotRelease
    from autograder.release import release as write_release

    folder, course = the_course()
    with one_line(out, CannotRelease, CutError):
        count = write_release(folder, course, out)
    console.print(f"{count} files in {out}", markup=False)


def gradescope(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The file to upload there.")],
    only: OnlyOption = "",
    sandbox: Annotated[
        Level, typer.Option(help="What is around each submission; Gradescope allows no namespaces.")
    ] = Level.user,
    leaderboard: Annotated[bool, typer.Option(help="Put points on the assignment's leaderboard.")] = False,
) -> None:
    """Make an autograder for Gradescope: the same suites and sandbox, its results in Gradescope's format."""
    from autograder.gradescope import EXECUTABLE, upload_files
    from autograder.release import CannotRelease, write_zip

    folder, course = the_course()
    names = [exercise.name for exercise in chosen(course, only)]
    if out.suffix != ".zip":
        stop(f"{out}: name a file that ends in .zip")
    with one_line(out, CannotRelease):
        files = upload_files(folder, course, names, sandbox, leaderboard)
        out.parent.mkdir(parents=True, exist_ok=True)
        write_zip(out, files, EXECUTABLE)
    console.print(f"{len(files)} files in {out}, for {', '.join(names)}", markup=False, soft_wrap=True)


def verify(only: OnlyOption = "") -> None:
    """Check the course itself: solutions, stubs, suites, hints, mistakes and alternatives."""
    from autograder.verify import verify as verify_all

    folder, course = the_course()
    complaints = verify_all(folder, course, chosen(course, only), console)
    raise typer.Exit(1 if complaints else 0)


def cut(
    check: Annotated[bool, typer.Option(help="Write nothing; fail where a stub is out of date.")] = False,
) -> None:
    """Cut the learners' stubs in exercises/ from solutions/."""
    from autograder.cut import CutError, cut_course, out_of_date

    folder, course = the_course()
    try:
        changed = out_of_date(folder, course.names) if check else cut_course(folder, course.names)
    except (CutError, OSError) as error:
        stop(str(error))
    for path in changed:
        console.print(f"{'out of date' if check else 'cut'}: {path.relative_to(folder)}", markup=False)
    raise typer.Exit(1 if check and changed else 0)
