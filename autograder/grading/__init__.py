"""Grading: read each submission in a folder, send it to an examiner, write its record as soon as it is done.

`cache_key` decides what to grade again; `lock` keeps a second grader out of the results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path

from autograder import UserError
from autograder.course import Course, Exercise, read_stubs
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import Examination, Examiner, ExaminerLost, SuitesBroken
from autograder.examiner.scoring import score, unmet_needs, whose_needs_changed
from autograder.files import write_whole
from autograder.grading.cache_key import CacheKeys
from autograder.protocol.text import one_line
from autograder.records import GradedExercise, Record, read_record, record_path, write_record
from autograder.records.adjustments import Adjustments
from autograder.records.class_table import Row, class_csv, row_of
from autograder.records.feedback import feedback_path, feedback_text
from autograder.sandbox import Level
from autograder.submissions import Entry, Submission, UnreadableSubmission
from autograder.submissions.reader import Reader


class Status(str, Enum):
    """The grader's action for a submission."""

    GRADED = "graded"
    KEPT = "kept"
    """Nothing has changed since an earlier run."""
    PROBLEM = "problem"
    """It could not be graded."""


@dataclass(frozen=True)
class Done:
    """A submission whose record is on disk.

    Attributes:
        row: for the class table.
        status: what was done.
        flag: why an instructor should look at it; empty if nothing is unusual.
        seconds: the duration of the examination, without waiting; 0 if there was none.
        by_exercise: the seconds of each exercise's tests; empty if the record was kept.
    """

    row: Row
    status: Status
    flag: str
    seconds: float = 0.0
    by_exercise: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Assignment:
    """The exercises to grade and the folders to use.

    Attributes:
        folder: the course folder, which has `grading.toml`.
        course: the parsed `grading.toml`.
        exercises: the exercises to grade.
        results: the folder for records, feedback and the class table.
        level: the sandbox around each submission.
        adjustments: what was changed by hand: it is in feedback and tables, not in records.
        times: when learners handed in, from `--handed-in`.
    """

    folder: Path
    course: Course
    exercises: list[Exercise]
    results: Path
    level: Level = Level.namespaces
    adjustments: Adjustments = field(default_factory=Adjustments)
    times: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of the exercises to grade."""
        return [exercise.name for exercise in self.exercises]


def local_pool(assignment: Assignment, submissions: Path) -> ExaminerPool:
    """Return the examiners of this machine as a context.

    Args:
        assignment: what to grade.
        submissions: the folder of submissions; no submission may see it.
    """
    return ExaminerPool(
        assignment.folder,
        assignment.course,
        assignment.course.with_needs(assignment.names),
        assignment.level,
        [submissions, assignment.results],
    )


def grade(
    assignment: Assignment,
    entries: list[Entry],
    examiner: Examiner,
    at_a_time: int,
    force: bool,
    done: Callable[[Done], None],
) -> list[Row]:
    """Grade `entries` and return a row for each, in the same order.

    Every record is on disk before `done` is called; only its row stays in memory. A record of an earlier run
    is reused if nothing that it depends on has changed, unless `force` is set.

    Args:
        assignment: what to grade.
        entries: the submissions.
        examiner: examines them; its context ends after this call.
        at_a_time: how many submissions are graded at a time.
        force: grade unchanged submissions again.
        done: called for each graded submission.

    Raises:
        OSError: if the results cannot be written.
        Unavailable: if this machine does not provide the sandbox.
    """
    stubs = read_stubs(assignment.folder, assignment.course.names)
    keys = CacheKeys(assignment.folder, assignment.course, assignment.names, assignment.level)
    rows: dict[str, Row] = {}
    pool = ThreadPoolExecutor(at_a_time)
    with Reader(stubs, assignment.names, assignment.times) as reader:
        try:
            futures: list[Future[Done]] = [
                pool.submit(_grade_one, assignment, entry, reader, examiner, keys, force) for entry in entries
            ]
            for future in as_completed(futures):
                finished = future.result()
                rows[finished.row.learner] = finished.row
                done(finished)
        finally:
            # After Ctrl-C or a full disk: what waits is dropped, what runs is cut off by the examiner's end.
            pool.shutdown(wait=False, cancel_futures=True)
    ordered = [rows[entry.learner] for entry in entries]
    write_whole(assignment.results / "class.csv", class_csv(ordered, assignment.exercises))
    return ordered


def _grade_one(
    assignment: Assignment,
    entry: Entry,
    reader: Reader,
    examiner: Examiner,
    keys: CacheKeys,
    force: bool,
) -> Done:
    now = datetime.now(timezone.utc)
    record = Record(entry.learner, entry.shown, now, versions=keys.versions, sandbox=assignment.level.value)
    try:
        return _graded(assignment, entry, record, reader, examiner, keys, force)
    except (UserError, OSError, CancelledError):
        raise  # the run's, not one submission's
    except Exception as error:
        # Whatever one submission makes of our code, the class goes on.
        cause = one_line(f"{type(error).__name__}: {error}")
        return _finish(assignment, replace(record, problem=f"not graded: the grader failed over it: {cause}"))


def _graded(
    assignment: Assignment,
    entry: Entry,
    record: Record,
    reader: Reader,
    examiner: Examiner,
    keys: CacheKeys,
    force: bool,
) -> Done:
    try:
        submission = reader.read(entry)
    except UnreadableSubmission as error:
        return _finish(assignment, replace(record, problem=str(error)))
    record = replace(
        record,
        submitted=submission.submitted,
        submitted_source=submission.submitted_source,
        problem=submission.problem,
        notes=submission.notes,
        late_penalty=assignment.course.late.penalty(submission.submitted),
    )
    own_keys = {name: keys.of(name, submission.digest) for name in assignment.names}
    former = None if force else read_record(record_path(assignment.results, entry.learner))
    known = {
        exercise.name: exercise
        for exercise in (former.exercises if former else ())
        if exercise.key == own_keys.get(exercise.name)
    }
    try:
        examined = _examine(submission, assignment, examiner, known)
    except SuitesBroken as error:
        return _finish(assignment, replace(record, problem=f"not graded: {error}"))
    except ExaminerLost as error:
        return _finish(
            assignment, replace(record, problem=f"not graded: {error}; run the same command again")
        )
    exercises = [replace(exercise, key=own_keys[exercise.name]) for exercise in examined.exercises]
    record = replace(
        record, exercises=exercises, seconds=examined.seconds, memory_limit=examined.memory_limit
    )
    if former and not examined.fresh:
        record = replace(
            record, graded=former.graded, seconds=former.seconds, memory_limit=former.memory_limit
        )
    return _finish(assignment, record, former, examined.fresh)


def _finish(
    assignment: Assignment, record: Record, former: Record | None = None, fresh: frozenset[str] = frozenset()
) -> Done:
    """Write a record if it differs from the earlier one, and write the learner's feedback.

    Args:
        assignment: what to grade.
        record: the record of the submission.
        former: the record of an earlier run; None if there is none.
        fresh: the exercises graded in this run.
    """
    if record != former:
        write_record(assignment.results, record)
    adjusted = assignment.adjustments.applied(record)
    write_whole(
        feedback_path(assignment.results, record.learner),
        feedback_text(adjusted, assignment.course.disclosure),
    )
    row = row_of(adjusted)
    if record.problem:
        return Done(row, Status.PROBLEM, record.flag)
    if not fresh:
        return Done(row, Status.KEPT, record.flag)
    by_exercise = {
        exercise.name: sum(test.seconds for test in exercise.tests)
        for exercise in record.exercises
        if exercise.name in fresh
    }
    return Done(row, Status.GRADED, record.flag, record.seconds, by_exercise)


@dataclass(frozen=True)
class _Examined:
    """The exercises of one submission.

    Attributes:
        exercises: the exercises of the assignment.
        fresh: the names of those graded in this run.
        seconds: the duration.
        memory_limit: what enforced the memory limit.
    """

    exercises: list[GradedExercise]
    fresh: frozenset[str]
    seconds: float
    memory_limit: str


def _examine(
    submission: Submission,
    assignment: Assignment,
    examiner: Examiner,
    known: dict[str, GradedExercise],
) -> _Examined:
    """Examine the exercises that are not in `known`.

    Args:
        submission: the submission.
        assignment: what to grade.
        examiner: examines it.
        known: earlier results that are still valid, unless the result of a needed exercise changes.

    Raises:
        ExaminerLost: if an examiner ended before its verdict.
    """
    course = assignment.course
    found, fresh, seconds, memory_limit = dict(known), set[str](), 0.0, ""

    def examine(
        names: list[str], diagnosed: list[str], stand_ins: Mapping[str, list[str]] | None = None
    ) -> Examination:
        nonlocal seconds, memory_limit
        if not names:
            return Examination()
        suites = [assignment.folder / "tests" / "hidden" / f"test_{name}.py" for name in names]
        examination = examiner.examine(submission.files, suites, diagnosed, stand_ins=stand_ins)
        seconds += examination.seconds
        memory_limit = examination.memory_limit
        return examination

    def again(name: str, stand_ins: Mapping[str, list[str]]) -> Examination:
        # What fails without right values is blamed on the function that it needs, and not explained.
        return examine([name], [name] if stand_ins else [], stand_ins)

    stale = [name for name in assignment.names if name not in known]
    # Each round settles at least one more exercise, because an exercise needs only earlier ones.
    for _ in assignment.names:
        if not stale:
            break
        fresh |= set(stale)
        held = {name: exercise for name, exercise in found.items() if name not in stale}
        runnable = [
            name
            for name in course.with_needs(stale)
            if name not in held and not unmet_needs(course, name, held)
        ]
        for exercise in score(examine(runnable, stale), course, stale, held, again):
            unreadable = submission.notebooks.get(exercise.name)
            found[exercise.name] = exercise if unreadable is None else exercise.with_notebook(unreadable)
        # Exercises whose needs pass now and did not before, or the other way round.
        stale = whose_needs_changed(course, found)
    exercises = [found[name] for name in assignment.names]
    return _Examined(exercises, frozenset(fresh), round(seconds, 3), memory_limit)
