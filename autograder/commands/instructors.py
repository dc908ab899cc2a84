"""The commands for instructors."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder import UserError
from autograder.commands.common import (
    INTERRUPTED,
    SOME_NOT_GRADED,
    OnlyOption,
    chosen,
    console,
    errors,
    the_course,
)
from autograder.course import Course, need_tensorflow
from autograder.sandbox import Level

if TYPE_CHECKING:
    from autograder.examiner.result import Examiner
    from autograder.grading import Assignment
    from autograder.records.adjustments import Adjustments
    from autograder.records.class_table import Row


def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder of submissions: folders, archives, .py and .ipynb files.")
    ],
    out: Annotated[Path, typer.Option(help="The folder for records, feedback and the class table.")] = Path(
        "results"
    ),
    workers: Annotated[
        int | None,
        typer.Option("-j", "--workers", min=1, help="Submissions at a time; by default one per core."),
    ] = None,
    only: OnlyOption = "",
    force: Annotated[bool, typer.Option(help="Grade unchanged submissions again.")] = False,
    sandbox: Annotated[
        Level, typer.Option(help="The sandbox for each submission; we never use a weaker one instead.")
    ] = Level.namespaces,
    handed_in: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A CSV with the columns learner and submitted, for the late rule."),
    ] = None,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers examine the submissions.")
    ] = "",
    log: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Append events to this file, one JSON object per line."),
    ] = None,
) -> None:
    """Grade submissions: write a record and feedback for each learner, and a class table."""
    if os.name != "posix":
        raise UserError("grading needs Linux or macOS; `pytest exercises/` runs everywhere")
    from autograder.cluster import MOST_AT_A_TIME
    from autograder.grading import Assignment
    from autograder.grading import grade as grade_all
    from autograder.grading.lock import sole_use
    from autograder.notebooks.course_dir import course_of
    from autograder.progress import ProgressBar
    from autograder.records.adjustments import read_adjustments
    from autograder.records.class_table import class_table
    from autograder.submissions.find import find
    from autograder.submissions.handed_in import read_times

    folder, course = the_course()
    exercises = chosen(course, only)
    for exercise in exercises:
        suite = folder / "tests" / "hidden" / f"test_{exercise.name}.py"
        if not suite.is_file():
            raise UserError(f"{suite} is missing: grading needs the course with its hidden suites")
    names = course.with_needs([exercise.name for exercise in exercises])
    if need_tensorflow(folder, names) and find_spec("tensorflow") is None:
        raise ModuleNotFoundError(name="tensorflow")
    entries = find(submissions, course.names)
    learners = [entry.learner for entry in entries]
    adjustments = read_adjustments(out, course, learners)
    times = read_times(handed_in, learners) if handed_in else {}
    assignment = Assignment(folder, course, exercises, out.resolve(), sandbox, adjustments, times)
    nbgrader = course_of(submissions)
    if nbgrader:
        from autograder.notebooks.gradebook import check_gradebook

        check_gradebook(course, nbgrader)
    at_a_time = workers or (MOST_AT_A_TIME if cluster else os.cpu_count() or 1)
    progress = ProgressBar(console, assignment, len(entries), log)
    try:
        with (
            sole_use(out),
            progress,
            _examiner(assignment, submissions.resolve(), cluster) as examiner,
        ):
            rows = grade_all(assignment, entries, examiner, at_a_time, force, progress.done)
            progress.reason = "done"
    except KeyboardInterrupt:
        console.print(
            f"stopped: {progress.finished} of {len(entries)} graded; run the same command to continue",
            markup=False,
        )
        # The threads wait for examiners that are ending; nothing is left to clean up.
        sys.stdout.flush()
        os._exit(INTERRUPTED)
    console.print(class_table(course.title, rows))
    _print_adjustments(adjustments, rows)
    problems = sum(not row.graded for row in rows)
    console.print(f"{len(rows) - problems} of {len(rows)} graded, sandbox: {sandbox.value}", markup=False)
    if slow := progress.pace.slow():
        console.print(slow, markup=False)
    console.print(
        f"records, feedback and class.csv are in {out}; autograder report {out} makes pages", markup=False
    )
    if nbgrader:
        _write_gradebook(folder, course, nbgrader, out)
    raise typer.Exit(SOME_NOT_GRADED if problems else 0)


def _examiner(assignment: Assignment, submissions: Path, cluster: str) -> AbstractContextManager[Examiner]:
    """Return the examiners: of this machine, or of a cluster."""
    from autograder.grading import local_pool

    if not cluster:
        return local_pool(assignment, submissions)
    from autograder.cluster.worker_pool import ClusterPool

    return ClusterPool(cluster, assignment, partial(console.print, markup=False, soft_wrap=True))


def worker(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="The Dask scheduler, for example tcp://host:8786.")
    ],
    at_a_time: Annotated[
        int | None,
        typer.Option("-j", "--workers", min=1, help="Submissions at a time; by default one per core."),
    ] = None,
    sandbox: Annotated[Level, typer.Option(help="The sandbox for each submission.")] = Level.namespaces,
) -> None:
    """Examine submissions for `grade --cluster` on other machines, until stopped."""
    from autograder.cluster.worker import work

    notify = partial(console.print, markup=False, soft_wrap=True)
    work(address, at_a_time or os.cpu_count() or 1, sandbox, notify)


def _list_files(paths: list[Path]) -> None:
    for path in paths:
        console.print(path.as_posix(), markup=False, soft_wrap=True)


def _print_adjustments(adjustments: Adjustments, rows: list[Row]) -> None:
    """Print how many points were set by hand, and which could not be applied."""
    from autograder.records.adjustments import FILE_NAME

    kept = 0
    for row in rows:
        changes = adjustments.of(row.learner)
        kept += len(changes.keys() & dict(row.by_exercise).keys())
        for change in () if row.graded else changes.values():
            console.print(
                f"{change.line}: not applied, because the submission could not be graded",
                markup=False,
                soft_wrap=True,
            )
    if kept:
        changed = "1 change by hand is kept" if kept == 1 else f"{kept} changes by hand are kept"
        console.print(f"{changed}, from {FILE_NAME}", markup=False)


def _write_gradebook(folder: Path, course: Course, nbgrader: Path, results: Path) -> None:
    from autograder.notebooks.gradebook import write_nbgrader_gradebook

    with console.status("writing nbgrader's gradebook"):
        written = write_nbgrader_gradebook(folder, course, nbgrader, results)
    console.print(
        f"nbgrader's gradebook: {written.learners} learners in {written.assignments} assignments",
        markup=False,
    )
    if written.by_hand:
        console.print(
            f"{written.by_hand} scores that were set by hand are kept; formgrader lists them for review",
            markup=False,
        )


def report(
    results: Annotated[Path, typer.Argument(help="The folder that `grade --out` wrote.")] = Path("results"),
    compare: Annotated[
        Path | None, typer.Option(metavar="SUBMISSIONS", help="Also list submissions with similar code.")
    ] = None,
) -> None:
    """Make pages from the records: one for the class, also in Markdown, and one for each learner."""
    from autograder.reports import write_reports
    from autograder.reports.duplicates import near_duplicates, submissions_in

    folder, course = the_course()
    comparison = None
    if compare:
        comparison = near_duplicates(submissions_in(compare, folder, course.names), folder, course.names)
    _list_files(write_reports(results, folder, course, comparison))


def gradebook(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="canvas or moodle.", show_default=False)],
    results: Annotated[Path, typer.Argument(help="The folder that `grade --out` wrote.")],
    roster: Annotated[Path, typer.Option(help="Canvas's exported gradebook, or Moodle's grading worksheet.")],
    out: Annotated[Path, typer.Option(help="The file to write, for import.")],
    column: Annotated[
        str, typer.Option(metavar="NAME", help="The assignment in Canvas, if there are several.")
    ] = "",
) -> None:
    """Write the grades into a roster of Canvas or Moodle, for import."""
    from autograder.gradebooks import SYSTEMS, write_gradebook

    _, course = the_course()
    if system not in SYSTEMS:
        raise UserError(f"unknown system {system!r}; choose from {', '.join(SYSTEMS)}")
    written = write_gradebook(system, results, course, roster, out, column)
    console.print(
        f"{written.grades} grades for {written.people} people are in {out}", markup=False, soft_wrap=True
    )
    for line in written.missing:
        errors.print(line, markup=False)
    raise typer.Exit(SOME_NOT_GRADED if written.missing else 0)


def notebooks(
    course_dir: Annotated[Path, typer.Argument(metavar="COURSE_DIR", help="nbgrader's course folder.")],
) -> None:
    """Make an nbgrader course: a notebook for each exercise, an assignment for each part."""
    from autograder.notebooks.write import write_notebooks

    folder, course = the_course()
    _list_files(write_notebooks(folder, course, course_dir))


def release(
    out: Annotated[Path, typer.Argument(help="A new folder, or a file whose name ends in .zip.")],
) -> None:
    """Make the learners' folder: stubs, public tests and the trainer, without solutions and hidden tests."""
    from autograder.course.release import release as write_release

    folder, course = the_course()
    count = write_release(folder, course, out)
    console.print(f"{count} files in {out}", markup=False)


def gradescope(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The file to upload.")],
    only: OnlyOption = "",
    sandbox: Annotated[
        Level, typer.Option(help="The sandbox for each submission; Gradescope allows no namespaces.")
    ] = Level.user,
    leaderboard: Annotated[bool, typer.Option(help="Put points on the assignment's leaderboard.")] = False,
) -> None:
    """Make an autograder for Gradescope: the same suites and sandbox, with results in Gradescope's format."""
    from autograder.gradescope import write_upload

    folder, course = the_course()
    names = [exercise.name for exercise in chosen(course, only)]
    if out.suffix != ".zip":
        raise UserError(f"{out}: the file name must end in .zip")
    count = write_upload(out, folder, course, names, sandbox, leaderboard)
    console.print(f"{count} files in {out}, for {', '.join(names)}", markup=False, soft_wrap=True)


def verify(only: OnlyOption = "") -> None:
    """Check the course: solutions, stubs, suites, hints, mistakes and alternatives."""
    from autograder.verify import verify as verify_all

    folder, course = the_course()
    problems = verify_all(folder, course, chosen(course, only), console)
    raise typer.Exit(1 if problems else 0)


def cut(
    check: Annotated[bool, typer.Option(help="Write nothing; fail if a stub is out of date.")] = False,
) -> None:
    """Make the learners' stubs in exercises/ from solutions/."""
    from autograder.course.cut import cut_course, out_of_date

    folder, course = the_course()
    listed = folder, course.names, course.given
    changed = out_of_date(*listed) if check else cut_course(*listed)
    for path in changed:
        console.print(f"{'out of date' if check else 'written'}: {path.relative_to(folder)}", markup=False)
    raise typer.Exit(1 if check and changed else 0)
