"""Grade a folder of submissions: read each, have it examined, write its record as soon as it is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from autograder.adjustments import Adjustments
from autograder.course import Course, Exercise
from autograder.examination import Examiner, ExaminerLost
from autograder.examinations import Examinations
from autograder.feedback_file import feedback_path, feedback_text
from autograder.notebooks.places import name_the_notebook
from autograder.record import GradedExercise, Record, read_record, record_path, write_record, write_whole
from autograder.result_keys import Keys
from autograder.sandbox import Level
from autograder.scoring import score, whose_needs_changed
from autograder.submissions import Entry, Submission, Unreadable, read, stubs
from autograder.table import Row, class_csv, row_of


@dataclass(frozen=True)
class Done:
    """What is told of a submission as soon as its record is on disk.

    Attributes:
        row: for the class table.
        outcome: "graded", "kept" (nothing has changed since an earlier run) or "problem" (it could not be).
        look: for what an instructor should look at it, empty where nothing is strange.
        seconds: what examining it took, the wait for its turn left out; 0 where it was not.
        by_exercise: what the tests of each exercise took, in seconds; none where it was kept.
    """

    row: Row
    outcome: str
    look: str
    seconds: float
    by_exercise: dict[str, float]


@dataclass(frozen=True)
class Assignment:
    """What is graded, and where the results go.

    Attributes:
        folder: of the course: where `grading.toml` is.
        course: what it says.
        exercises: those to grade.
        results: the folder for records, feedback and the class table.
        level: the sandbox around each submission.
        adjustments: what was changed by hand: it is in feedback and tables, not in records.
    """

    folder: Path
    course: Course
    exercises: list[Exercise]
    results: Path
    level: Level = Level.namespaces
    adjustments: Adjustments = field(default_factory=Adjustments)

    @property
    def names(self) -> list[str]:
        """The names of the exercises to grade."""
        return [exercise.name for exercise in self.exercises]


def examinations_here(assignment: Assignment, submissions: Path) -> Examinations:
    """Return what examines on this machine, once its context is entered.

    Args:
        assignment: what is graded.
        submissions: the folder in which they are: no submission may see it.
    """
    return Examinations(
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
    is used again where nothing has changed that it depends on, unless `force`.

    Args:
        assignment: what to grade, and how.
        entries: the submissions.
        examiner: examines them; its context ends after this.
        at_a_time: how many are graded at a time.
        force: whether to grade again what has not changed.
        done: is told of each.

    Raises:
        OSError: where the results cannot be written.
        Unavailable: where the sandbox cannot be had.
    """
    asked = stubs(assignment.folder, assignment.course.names)
    keys = Keys(assignment.folder, assignment.course, assignment.names, assignment.level)
    rows: dict[str, Row] = {}
    pool = ThreadPoolExecutor(at_a_time)
    try:
        futures: list[Future[Done]] = [
            pool.submit(_grade_one, assignment, entry, examiner, asked, keys, force) for entry in entries
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
    examiner: Examiner,
    asked: dict[str, str],
    keys: Keys,
    force: bool,
) -> Done:
    record = Record(learner=entry.learner, submission=entry.shown, graded=datetime.now(timezone.utc))
    record.versions, record.sandbox = keys.versions, assignment.level.value
    fresh: set[str] = set()
    try:
        submission = read(entry, asked, assignment.names)
    except Unreadable as error:
        record.problem = str(error)
    except OSError as error:
        record.problem = f"{entry.shown} cannot be read: {error.strerror}"
    else:
        record.submitted, record.notes = submission.submitted, submission.notes
        record.late_penalty = assignment.course.late.penalty(submission.submitted)
        own_keys = {name: keys.of(name, submission.digest) for name in assignment.names}
        former = None if force else read_record(record_path(assignment.results, entry.learner))
        known = {
            exercise.name: exercise
            for exercise in (former.exercises if former else ())
            if exercise.key == own_keys.get(exercise.name)
        }
        fresh = _examine(record, submission, assignment, examiner, known)
        for exercise in record.exercises:
            exercise.key = own_keys[exercise.name]
        if former and not fresh and not record.problem:
            record.graded, record.seconds = former.graded, former.seconds
        if record == former:
            return Done(_tell(assignment, former), "kept", former.remark, 0.0, {})
    write_record(assignment.results, record)
    by_exercise = {
        exercise.name: sum(test.seconds for test in exercise.tests)
        for exercise in record.exercises
        if exercise.name in fresh
    }
    outcome = "problem" if record.problem else "graded" if fresh else "kept"
    seconds = record.seconds if fresh else 0.0
    return Done(_tell(assignment, record), outcome, record.remark, seconds, by_exercise)


def _tell(assignment: Assignment, record: Record) -> Row:
    """Write a learner's feedback and return the row of the record, both with what was changed by hand."""
    changed = assignment.adjustments.applied(record)
    write_whole(
        feedback_path(assignment.results, changed.learner),
        feedback_text(changed, assignment.course.disclosure),
    )
    return row_of(changed)


def _examine(
    record: Record,
    submission: Submission,
    assignment: Assignment,
    examiner: Examiner,
    known: dict[str, GradedExercise],
) -> set[str]:
    """Put the exercises into the record, and return which of them were graded now.

    Args:
        record: of the submission.
        submission: what was handed in.
        assignment: what is graded.
        examiner: examines it.
        known: what was graded before and still holds, but for what an exercise needs.
    """
    course = assignment.course
    found, fresh = dict(known), set[str]()
    stale = [name for name in assignment.names if name not in known]
    # Each round settles one more at least, since an exercise needs earlier ones alone.
    for _ in assignment.names:
        if not stale:
            break
        fresh |= set(stale)
        held = {name: exercise for name, exercise in found.items() if name not in stale}
        suites = [
            assignment.folder / "tests" / "hidden" / f"test_{name}.py"
            for name in course.with_needs(stale)
            if name not in held
        ]
        try:
            examination = examiner.examine(submission.files, suites, stale)
        except ExaminerLost as error:
            record.problem = f"not graded: {error}; run the same command again"
            return set()
        record.seconds += examination.seconds
        for exercise in score(examination, course, stale, held):
            if exercise.name in submission.notebooks:
                name_the_notebook(exercise, submission.notebooks[exercise.name])
            found[exercise.name] = exercise
        # Whose needs pass now and did not before, or the other way round.
        stale = whose_needs_changed(course, found)
    record.seconds = round(record.seconds, 3)
    record.exercises = [found[name] for name in assignment.names]
    return fresh
