"""Run the public suites of changed exercises; other results come from the cache."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from pathlib import Path

import msgspec

from autograder import UserError
from autograder.course import Course
from autograder.learner.memory import recall, remember
from autograder.learner.pytest_process import run_pytest
from autograder.learner.results import RESULTS_VARIABLE, ExerciseResult, read_results

_NAME = "results"
# The number of lines of pytest's output to show if it could not run.
_LAST_LINES = 12


class CannotRun(UserError):
    """pytest could not run the suites; the text is the end of its output."""


class _Cached(msgspec.Struct, frozen=True):
    key: str
    result: ExerciseResult


def results(
    course_folder: Path, course: Course, names: list[str], cancel: threading.Event | None = None
) -> dict[str, ExerciseResult]:
    """Return the result of each exercise in `names`.

    Raises:
        CannotRun: if the suites cannot be run at all.
        Cancelled: if `cancel` was set meanwhile.
    """
    holding = cached_results(course_folder, course)
    stale = [name for name in names if name not in holding]
    if stale:
        # Computed before the run, so that a file saved during the run makes the result stale.
        keys = {name: _key(course_folder, course, name) for name in stale}
        ran = _run(course_folder, stale, cancel)
        new = {name: _Cached(key=keys[name], result=ran[name]) for name in stale}
        remember(course_folder, _NAME, msgspec.to_builtins({**_cached(course_folder), **new}))
        holding |= ran
    return {name: holding[name] for name in names}


def cached_results(course_folder: Path, course: Course) -> dict[str, ExerciseResult]:
    """Return the results that are still valid, without running anything."""
    cached = _cached(course_folder)
    return {
        name: cached[name].result
        for name in course.names
        if name in cached and cached[name].key == _key(course_folder, course, name)
    }


def _cached(course_folder: Path) -> dict[str, _Cached]:
    try:
        return msgspec.convert(recall(course_folder, _NAME), dict[str, _Cached])
    except msgspec.ValidationError:
        return {}


def _key(course_folder: Path, course: Course, name: str) -> str:
    """Return a hash of everything a result depends on: the module, its suite, the modules it imports."""
    exercises = course_folder / "exercises"
    modules = [*course.given, *course.with_needs([name])]
    files = [exercises / f"test_{name}.py", *(exercises / f"{module}.py" for module in modules)]
    summary = hashlib.sha256()
    for file in files:
        summary.update(file.name.encode() + (file.read_bytes() if file.is_file() else b"none"))
    return summary.hexdigest()


def _run(course_folder: Path, names: list[str], cancel: threading.Event | None) -> dict[str, ExerciseResult]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.json"
        suites = [str(Path("exercises") / f"test_{name}.py") for name in names]
        arguments = ["-q", "--color=no", *suites]
        printed = run_pytest(course_folder, arguments, {RESULTS_VARIABLE: str(file)}, cancel)
        ran = read_results(file)
    if missing := [name for name in names if name not in ran]:
        last = printed.rstrip().splitlines()[-_LAST_LINES:]
        raise CannotRun("\n".join([f"the tests of {missing[0]} could not run:", *last]))
    return ran
