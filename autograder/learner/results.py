"""What a learner's exercises are worth by their public suites, run again only where something has changed."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from pydantic import BaseModel, ValidationError

from autograder.course import Course
from autograder.learner.memory import recall, remember
from autograder.plugin import RESULTS_FILE, ExerciseResult
from autograder.pytest_process import run_pytest

_NAME = "results"
# Of what pytest printed, where it could not run.
_LAST_LINES = 12


class CannotRun(Exception):
    """pytest could not run the suites; the text is the end of what it printed."""


class _Remembered(BaseModel):
    key: str
    result: ExerciseResult


def results(course_folder: Path, course: Course, names: list[str]) -> dict[str, ExerciseResult]:
    """Return the result of each exercise in `names`.

    Raises:
        CannotRun: where the suites cannot be run at all.
    """
    holding = remembered(course_folder, course)
    stale = [name for name in names if name not in holding]
    if stale:
        # Before the run: what is saved meanwhile makes the result stale.
        keys = {name: _key(course_folder, course, name) for name in stale}
        ran = _run(course_folder, stale)
        new = {name: _Remembered(key=keys[name], result=ran[name]) for name in stale}
        kept = {name: one.model_dump() for name, one in {**_known(course_folder), **new}.items()}
        remember(course_folder, _NAME, kept)
        holding |= ran
    return {name: holding[name] for name in names}


def remembered(course_folder: Path, course: Course) -> dict[str, ExerciseResult]:
    """Return the results that still hold, without running anything."""
    known = _known(course_folder)
    return {
        name: known[name].result
        for name in course.names
        if name in known and known[name].key == _key(course_folder, course, name)
    }


def _known(course_folder: Path) -> dict[str, _Remembered]:
    try:
        return {name: _Remembered.model_validate(kept) for name, kept in recall(course_folder, _NAME).items()}
    except ValidationError:
        return {}


def _key(course_folder: Path, course: Course, name: str) -> str:
    """Return a hash of what a result depends on: the module, its suite, the modules that it needs."""
    exercises = course_folder / "exercises"
    files = [exercises / f"test_{name}.py", *(exercises / f"{need}.py" for need in course.with_needs([name]))]
    summary = hashlib.sha256()
    for file in files:
        summary.update(file.name.encode() + (file.read_bytes() if file.is_file() else b"none"))
    return summary.hexdigest()


def _run(course_folder: Path, names: list[str]) -> dict[str, ExerciseResult]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.json"
        suites = [str(Path("exercises") / f"test_{name}.py") for name in names]
        printed = run_pytest(course_folder, ["-q", "--color=no", *suites], {RESULTS_FILE: str(file)})
        try:
            ran = _Results.model_validate_json(file.read_bytes()).exercises
        except (OSError, ValidationError):
            ran = {}
    if missing := [name for name in names if name not in ran]:
        last = printed.rstrip().splitlines()[-_LAST_LINES:]
        raise CannotRun("\n".join([f"the tests of {missing[0]} could not run:", *last]))
    return ran


class _Results(BaseModel):
    exercises: dict[str, ExerciseResult]
