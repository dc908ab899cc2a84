"""Write records into nbgrader's gradebook: run nbgrader's autograde with the records in place of a kernel.

Scores, comments, late penalties and the notebooks in `autograded/` are then where nbgrader's formgrader, feedback and
export expect them. As in nbgrader, scores set by hand stay.
"""

from __future__ import annotations

import copy
import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import nbformat
import nbformat.reader
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from traitlets import Unicode
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder import UserError
from autograder.course import Course, Disclosure, Exercise
from autograder.course.cut import cut_source
from autograder.notebooks.course_dir import CONFIGURATION, SUBMITTED, assignments
from autograder.notebooks.write import notebook
from autograder.records import GradedExercise, Record, read_record, record_path
from autograder.records.feedback import exercise_text
from autograder.submissions.found import LARGEST_NOTEBOOK, NBGRADER_FILES

# An attached picture in a text.
_ATTACHED = re.compile(r"attachment:([^)\s\"'>]*)", re.IGNORECASE)
_LARGEST_OF_NBGRADER = 1000


class NbgraderError(UserError):
    """The gradebook cannot be written to; the text says why."""


@dataclass(frozen=True)
class WrittenGrades:
    """The number of learners and assignments written, and of kept scores that were set by hand."""

    learners: int
    assignments: int
    by_hand: int


def check_gradebook(course: Course, course_dir: Path) -> None:
    """Check that the gradebook has the assignment of every submission.

    Raises:
        NbgraderError: if an assignment was not generated yet.
    """
    missing = set(_handed_in(course, course_dir))
    with Gradebook(_configured(course_dir).db_url) as gradebook:
        missing -= {assignment.name for assignment in gradebook.assignments}
    if missing:
        raise NbgraderError(
            f"{min(missing)} is not in the gradebook: run nbgrader generate_assignment {min(missing)}"
        )


def write_nbgrader_gradebook(folder: Path, course: Course, course_dir: Path, results: Path) -> WrittenGrades:
    """Write what is in the records to the gradebook of an nbgrader course.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.
        course_dir: nbgrader's course folder; the learners in its `submitted` folder have been graded.
        results: the results folder.

    Raises:
        NbgraderError: if nbgrader refuses.
        OSError: if a file cannot be read or written.
    """
    handed_in = _handed_in(course, course_dir)
    with tempfile.TemporaryDirectory() as temporary:
        prepared = Path(temporary)
        for assignment, learners in handed_in.items():
            for learner in learners:
                record = read_record(record_path(results, learner))
                if record is not None:
                    handed = course_dir / SUBMITTED / learner / assignment
                    wanted = [
                        exercise
                        for exercise in assignments(course)[assignment]
                        if _answered(record, exercise, handed / f"{exercise.name}.ipynb")
                    ]
                    _prepare(handed, prepared / learner / assignment, folder, wanted)
        for assignment in handed_in:
            _autograde(course_dir, prepared, assignment, results, course)
    with Gradebook(_configured(course_dir).db_url) as gradebook:
        _leave_open(gradebook, handed_in, results)
        by_hand = sum(
            grade.manual_score is not None
            for assignment in handed_in
            for submission in gradebook.assignment_submissions(assignment)
            for one in submission.notebooks
            for grade in one.grades
        )
    everybody = {learner for learners in handed_in.values() for learner in learners}
    return WrittenGrades(len(everybody), len(handed_in), by_hand)


def _answered(record: Record, exercise: Exercise, path: Path) -> bool:
    """Tell whether an exercise was handed in: under its name, or under another that was recognized."""
    if path.exists() or path.is_symlink():
        return True
    return any(one.name == exercise.name and one.passed for one in record.exercises)


def _leave_open(gradebook: Gradebook, handed_in: Mapping[str, list[str]], results: Path) -> None:
    """Have nbgrader ask a person for the grades of those who could not be graded, instead of giving them 0."""
    for assignment, learners in handed_in.items():
        for learner in learners:
            record = read_record(record_path(results, learner))
            if record is None or not record.problem:
                continue
            for one in gradebook.find_submission(assignment, learner).notebooks:
                for grade in one.grades:
                    grade.auto_score = None
                    grade.needs_manual_grade = grade.manual_score is None
    gradebook.db.commit()


def _handed_in(course: Course, course_dir: Path) -> dict[str, list[str]]:
    """Return the learners who have submitted something, by assignment."""
    found: dict[str, list[str]] = {}
    for assignment in assignments(course):
        folders = sorted((course_dir / SUBMITTED).glob(f"*/{assignment}"))
        if learners := [path.parent.name for path in folders if path.is_dir() and not path.is_symlink()]:
            found[assignment] = learners
    return found


def on_the_path() -> None:
    """Add this Python's folder to PATH, so that nbgrader finds `alembic` without an activated environment."""
    beside = os.path.dirname(sys.executable)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])


def _configured(course_dir: Path) -> CourseDirectory:
    on_the_path()
    config = PyFileConfigLoader(CONFIGURATION, path=str(course_dir)).load_config()
    config.CourseDirectory.root = str(course_dir)
    return CourseDirectory(config=config)


def _prepare(handed: Path, prepared: Path, folder: Path, exercises: Iterable[Exercise]) -> None:
    """Write a submission's notebooks in a form that nbgrader accepts.

    Unknown cells lose their nbgrader metadata, and a missing points cell is added. An unreadable notebook is replaced
    by the original one.
    """
    prepared.mkdir(parents=True)
    for name in NBGRADER_FILES:
        file = handed / name
        if file.is_file() and not file.is_symlink() and file.stat().st_size <= _LARGEST_OF_NBGRADER:
            (prepared / name).write_bytes(file.read_bytes())
    for exercise in exercises:
        path = handed / f"{exercise.name}.ipynb"
        made = new_notebook(cells=_cells(path, notebook(folder, exercise).cells))
        made.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
        nbformat.write(made, prepared / path.name)


def _cells(path: Path, own: list[Any]) -> list[Any]:
    known = {cell.metadata.nbgrader.grade_id: cell for cell in own if "nbgrader" in cell.metadata}
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_NOTEBOOK:
            raise ValueError("not a notebook of a usual size")
        found = nbformat.convert(nbformat.reader.reads(path.read_text(encoding="utf-8")), 4).cells
        left = dict(known)
        # From the end: of two cells with the same name the last counts, as when they run.
        pictures = _pictures(own)
        cells = [_cleaned(cell, left, pictures) for cell in reversed(found)][::-1]
        nbformat.validate(new_notebook(cells=cells))
    except Exception:  # whatever a part of another shape leads to
        notice = new_markdown_cell(
            "No notebook that can be read has this name. Below is the one that was handed out."
        )
        return [notice, *(_handed_out(cell) for cell in own)]
    present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells}
    return cells + [
        copy.deepcopy(cell)
        for name, cell in known.items()
        if name not in present and cell.metadata.nbgrader.grade
    ]


def _pictures(cells: list[Any]) -> dict[str, Any]:
    """Return the attachments of cells, by name."""
    return {name: content for cell in cells for name, content in cell.get("attachments", {}).items()}


def _cleaned(cell: Any, left: dict[str, Any], pictures: dict[str, Any]) -> Any:
    """Return a learner's cell without outputs, with the course's nbgrader metadata.

    Args:
        cell: the learner's cell.
        left: the course's cells by name; the matching one is removed.
        pictures: the course's pictures. A learner's pictures are not shown: a reference to a missing picture would
            stop nbgrader from making the feedback of the whole class.
    """
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    kept = copy.deepcopy(left.pop(name).metadata) if name in left else {}
    if cell.cell_type == "code":
        return nbformat.v4.new_code_cell(str(cell.source), metadata=kept)
    named = {name: pictures[name] for name in _ATTACHED.findall(str(cell.source)) if name in pictures}
    source = _ATTACHED.sub(lambda match: match[0] if match[1] in pictures else match[1], str(cell.source))
    cleaned = new_markdown_cell(source, metadata=kept)
    if named:
        cleaned.attachments = named
    return cleaned


def _handed_out(cell: Any) -> Any:
    cell = copy.deepcopy(cell)
    if cell.metadata.get("nbgrader", {}).get("solution"):
        cell.source = cut_source(cell.source, "cell").rstrip()
    return cell


def _autograde(course_dir: Path, prepared: Path, assignment: str, results: Path, course: Course) -> None:
    coursedir = _configured(course_dir)
    config: Config = coursedir.config
    config.ShowRecord.results = config.CommentRecord.results = str(results)
    config.ShowRecord.disclosure = config.CommentRecord.disclosure = course.disclosure
    coursedir.submitted_directory = str(prepared)
    coursedir.assignment_id, coursedir.student_id = assignment, "*"
    errors = _LastError()
    log = logging.Logger("nbgrader")
    log.addHandler(errors)
    autograde = Autograde(coursedir=coursedir, config=config, log=log)
    autograde.force = True
    autograde.autograde_preprocessors = [
        ShowRecord,
        LimitOutput,
        SaveAutoGrades,
        CommentRecord,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader's database code causes SQLAlchemy warnings
            autograde.start()
    except NbGraderException as error:
        raise NbgraderError(errors.last or str(error)) from None


class _LastError(logging.Handler):
    """Keeps the last line of a traceback logged by nbgrader."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the last line of a logged traceback."""
        lines = record.getMessage().strip().splitlines()
        if record.levelno >= logging.ERROR and record.getMessage().startswith("Traceback"):
            self.last = lines[-1]


class _OfRecord(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """A preprocessor that replaces the kernel: it finds the record of the current notebook."""

    results = Unicode(help="the folder of the records").tag(config=True)
    disclosure = Unicode("example", help="how much of a hidden test is shown").tag(config=True)

    def graded(self, resources: Any) -> tuple[Record | None, GradedExercise | None]:
        """Return a learner's record, and its exercise for this notebook."""
        record = read_record(record_path(Path(self.results), resources["nbgrader"]["student"]))
        wanted = resources["nbgrader"]["notebook"]
        found = record.exercises if record else []
        return record, next((exercise for exercise in found if exercise.name == wanted), None)


class ShowRecord(_OfRecord):
    """Puts the points and the feedback into the output of the points cell."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill in the points cell."""
        record, exercise = self.graded(resources)
        if exercise:
            text = exercise_text(exercise, cast(Disclosure, self.disclosure))
        else:
            text = (record.problem if record else "") or "Not graded yet."
        for cell in nb.cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                earned = exercise.earned if exercise else 0.0
                points = new_output("execute_result", {"text/plain": repr(earned)}, execution_count=1)
                cell.outputs = [new_output("stream", name="stdout", text=f"{text}\n"), points]
                cell.execution_count = 1
        return nb, resources


class CommentRecord(_OfRecord):
    """Adds the sentence of a known mistake as a comment below the learner's function."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write the comments into the gradebook."""
        _, exercise = self.graded(resources)
        comments: dict[str, list[str]] = {}
        for test in exercise.tests if exercise and self.disclosure != "name" else []:
            failure = test.failure
            if failure and failure.mistakes and failure.edit:
                name = f"{failure.exercise}-{failure.edit.function.partition('.')[0]}"
                sentence = " Or: ".join(failure.mistakes)
                if sentence not in comments.setdefault(name, []):
                    comments[name].append(sentence)
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            for name, sentences in comments.items():
                try:
                    comment = gradebook.find_comment(
                        name, where["notebook"], where["assignment"], where["student"]
                    )
                except MissingEntry:
                    continue
                comment.auto_comment = "\n\n".join(sentences)
            gradebook.db.commit()
        return nb, resources
