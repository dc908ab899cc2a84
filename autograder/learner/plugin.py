"""The pytest plugin for learners: short failures, a progress table and the next step for `pytest exercises/`."""

from __future__ import annotations

import os
import pdb
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.candidate import Candidate, LimitExceeded
from autograder.course import FILE_NAME, Course, CourseError, exercise_of, read_course
from autograder.learner.pytest_process import run_pytest
from autograder.learner.results import RESULTS_VARIABLE, ExerciseResult, FailedCheck, write_results
from autograder.learner.time_limit import TimeLimit, stop_the_clock
from autograder.protocol.failure import Failure, Location, Outcome
from autograder.suite.explain import definition_line
from autograder.suite.hooks import Suite, failure_of, set_failure
from autograder.suite.prerequisites import WHOLE, Fault, add_failure, blamed, unmet

# A run that another run has started writes the functions that do not pass to this file.
_FAILING_VARIABLE = "AUTOGRADER_FAILING_FILE"

_Failing = dict[str, dict[str, Fault]]


class DirectTransport:
    """Calls a submission in the same process: this is fast, and debuggers work.

    Args:
        folder: of the modules.
        course: the parsed `grading.toml`.
        given: the file of each given module.
    """

    def __init__(self, folder: Path, course: Course, given: Mapping[str, Path]):
        self._candidate = Candidate(folder, course.names, given)
        self._time = TimeLimit(folder, course.limits.call_seconds)

    def close(self) -> None:
        """Do nothing: there is no other process."""

    def ask(self, request: bytes) -> bytes:
        """Return the candidate's reply.

        Raises:
            KeyboardInterrupt: after Ctrl-C, from the line at which it was pressed.
        """
        with self._time.running():
            reply = self._candidate.answer(request)
        if self._time.interrupted:
            raise KeyboardInterrupt().with_traceback(self._time.interrupted_at)
        return reply


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--submission`."""
    parser.getgroup("autograder").addoption(
        "--submission",
        metavar="DIR",
        default=None,
        help="the folder of modules to test (default: exercises)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Read the course, and register its fixtures and its reporter."""
    config.addinivalue_line("markers", "points(weight): the weight of the test within its exercise")
    config.addinivalue_line(
        "markers", "proves(functions): the functions that the test proves; no guess passes it"
    )
    config.addinivalue_line("markers", "tensors: the test gives the submission tensors: it needs TensorFlow")
    if not (config.rootpath / FILE_NAME).is_file():
        return
    try:
        course = read_course(config.rootpath)
    except CourseError as error:
        raise pytest.UsageError(str(error)) from None
    chosen = config.getoption("--submission")
    folder = config.invocation_params.dir / chosen if chosen else config.rootpath / "exercises"
    if not folder.is_dir():
        raise pytest.UsageError(f"--submission {chosen}: no such folder")

    def edit(location: Location) -> Location:
        return _located(folder, location, config.invocation_params.dir)

    if RESULTS_VARIABLE in os.environ:
        # pytest has put its own here; the command that started this run has no terminal for it.
        sys.breakpointhook = pdb.set_trace = _no_breakpoint
    given = {name: config.rootpath / "exercises" / f"{name}.py" for name in course.given}
    suite = Suite(course.names, lambda: DirectTransport(folder, course, given), edit)
    partly = PartlyTested()
    config.pluginmanager.register(partly, "autograder-partly-tested")
    config.pluginmanager.register(OtherSuites(config.rootpath, course.names), "autograder-other-suites")
    config.pluginmanager.register(suite, "autograder-suite")
    config.pluginmanager.register(suite.fixtures(), "autograder-fixtures")
    config.pluginmanager.register(ProgressTable(course, edit, partly), "autograder-progress")
    # With pytest-xdist, only the main process sees all results.
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Prerequisites(course, folder, partly), "autograder-prerequisites")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests with tensors if TensorFlow is not installed: an installation for NumPy is enough to learn."""
    if find_spec("tensorflow") is None:
        items[:] = [item for item in items if not item.get_closest_marker("tensors")]


def _no_breakpoint(*args: object, **kwargs: object) -> None:
    """Take the place of `breakpoint()` in a run that another command has started."""
    raise LimitExceeded("breakpoint() needs a terminal; run pytest exercises/ yourself")


def _located(folder: Path, location: Location, start: Path) -> Location:
    """Return a location with its line and with its file relative to `start`: `exercises/padding.py:41`."""
    path = folder.resolve() / location.file
    try:
        line = definition_line(path.read_text(encoding="utf-8", errors="replace"), location.function)
    except OSError:
        line = 1
    if path.is_relative_to(start):
        path = path.relative_to(start)
    return replace(location, file=path.as_posix(), line=line)


class OtherSuites:
    """Leaves out the public suites of exercises that the course does not list: it may have fewer than the kit."""

    def __init__(self, folder: Path, names: list[str]):
        self._folder = folder / "exercises"
        self._names = names

    @pytest.hookimpl
    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        exercise = exercise_of(collection_path)
        unlisted = exercise and exercise not in self._names
        return True if unlisted and collection_path.parent == self._folder else None


class PartlyTested:
    """Knows of which exercises a run leaves out tests.

    Attributes:
        names: these exercises.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()

    @pytest.hookimpl
    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.names |= {exercise_of(item.path) for item in items}

    @pytest.hookimpl
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        # If a test is chosen by its id, the others are not even collected.
        self.names |= {
            exercise_of(argument.partition("::")[0]) for argument in session.config.args if "::" in argument
        }


class ProgressTable:
    """The table at the end of a run, made only from the tests of that run."""

    def __init__(self, course: Course, edit: Callable[[Location], Location], partly: PartlyTested):
        self._course = course
        self._edit = edit
        self._passed: dict[str, int] = defaultdict(int)
        self._total: dict[str, int] = defaultdict(int)
        self._waiting: dict[str, dict[str, str]] = defaultdict(dict)
        self._partly = partly
        self._interrupted = False
        self._failing_function: dict[str, str] = {}
        self._failed: dict[str, list[pytest.TestReport]] = defaultdict(list)

    @pytest.hookimpl
    def pytest_enter_pdb(self) -> None:
        stop_the_clock()

    @pytest.hookimpl
    def pytest_keyboard_interrupt(self) -> None:
        self._interrupted = True

    @pytest.hookimpl
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        failure = failure_of(report)
        if failure and failure.outcome.waits:
            return "not written yet", "u", "NOT WRITTEN YET"
        return None

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        exercise = exercise_of(report.nodeid.partition("::")[0])
        if exercise not in self._course.names or (report.when != "call" and not report.failed):
            return
        self._total[exercise] += 1
        self._passed[exercise] += report.passed
        if report.failed:
            self._failed[exercise].append(report)
        failure = failure_of(report)
        if failure and failure.edit:
            self._failing_function.setdefault(exercise, failure.edit.function)
        if failure and failure.outcome.waits:
            self._waiting[exercise].setdefault(failure.reason, failure.lines()[0])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        # Last, because `Prerequisites` changes the text of failures.
        if RESULTS_VARIABLE in os.environ:
            results = {name: self._result(name) for name in self._course.names if self._total[name]}
            write_results(Path(os.environ[RESULTS_VARIABLE]), results)

    def _result(self, name: str) -> ExerciseResult:
        failures = [(report, failure_of(report)) for report in self._failed[name]]
        return ExerciseResult(
            passed=self._passed[name],
            total=self._total[name],
            unwritten=self._unwritten(name),
            edit=self._next_edit(name),
            failures=[
                FailedCheck(
                    text=str(report.longrepr),
                    function=failure.edit.function if failure and failure.edit else "",
                )
                for report, failure in failures
            ],
        )

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        ran = [name for name in self._course.names if self._total[name]]
        if not ran:
            return
        write = terminalreporter.write_line
        if len(ran) == 1:
            for line in self._waiting[ran[0]].values():
                write(line)
        terminalreporter.write_sep("=", self._course.title)
        width = max(len(name) for name in ran)
        for name in ran:
            passed, total = self._passed[name], self._total[name]
            bar = ("#" * (20 * passed // total)).ljust(20, ".")
            color = {"green": passed == total, "yellow": 0 < passed < total}
            write(f"{name:<{width}}  {bar}  {passed:>2}/{total:<2}  {self._state(name)}".rstrip(), **color)
        write(self._next(ran))

    def _state(self, name: str) -> str:
        if self._passed[name] == self._total[name]:
            return "run all of its tests" if self._is_partly_tested(name) else "done"
        if self._unwritten(name):
            return "not written yet"
        if wrong := self._wrong(name):
            return f"{wrong} wrong"
        needed = self._needed(name)
        return f"needs {needed.exercise}" if needed else ""

    def _is_partly_tested(self, name: str) -> bool:
        return self._interrupted or name in self._partly.names

    def _unwritten(self, name: str) -> bool:
        return not self._passed[name] and not self._wrong(name) and bool(self._waiting[name])

    def _wrong(self, name: str) -> int:
        """Return how many tests fail because of this exercise; at the end, `Prerequisites` has taken out the others."""
        return sum(map(_is_wrong, self._failed[name]))

    def _needed(self, name: str) -> Failure | None:
        """Return the first failure that names an earlier exercise, if all failures do."""
        failures = [failure_of(report) for report in self._failed[name]]
        needs = [one for one in failures if one and one.outcome is Outcome.NEEDS and one.edit]
        return needs[0] if needs and len(needs) == len(failures) else None

    def _next(self, ran: list[str]) -> str:
        for name in ran:
            if self._passed[name] < self._total[name]:
                needed = self._needed(name)
                if needed:
                    return f"next: {needed.exercise}, in {needed.edit}"
                return f"next: {name}, in {self._next_edit(name)}"
        if self._is_partly_tested(ran[-1]):
            return f"next: all tests of {ran[-1]}: pytest exercises/ -k {ran[-1]}"
        later = self._course.names[self._course.names.index(ran[-1]) + 1 :]
        if later:
            return f"next: {later[0]}, in {self._next_edit(later[0])}"
        return "all done"

    def _next_edit(self, name: str) -> str:
        return str(self._edit(Location(f"{name}.py", function=self._failing_function.get(name, WHOLE))))


def _is_wrong(report: pytest.TestReport) -> bool:
    """Return True if a test failed because an answer is wrong, not because code is missing."""
    failure = failure_of(report)
    return failure is None or not failure.outcome.waits


class Prerequisites:
    """Adds to a failing test the name of the earlier function that it needs, if that function does not pass."""

    def __init__(self, course: Course, folder: Path, partly: PartlyTested):
        self._course = course
        self._folder = folder
        self._failed: dict[str, list[pytest.TestReport]] = defaultdict(list)
        self._seen: set[str] = set()
        self._partly = partly

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        exercise = exercise_of(report.nodeid.partition("::")[0])
        self._seen.add(exercise)
        if report.failed:
            self._failed[exercise].append(report)

    @pytest.hookimpl
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        # The terminal prints its failures after this.
        asked = os.environ.get(_FAILING_VARIABLE)
        failing: _Failing = {} if asked else self._elsewhere(session.config)
        for exercise in self._course.names:
            missing = unmet(self._course.needs(exercise), failing)
            for report in self._failed[exercise]:
                failure = failure_of(report)
                if failure and missing:
                    failure = blamed(failure, missing)
                    set_failure(report, failure)
                add_failure(failing, exercise, failure or Failure(Outcome.FAILED))
        if asked:
            Path(asked).write_bytes(msgspec.json.encode(failing))

    def _elsewhere(self, config: pytest.Config) -> _Failing:
        """Return the failing functions of exercises that failed tests need and that this run did not test fully."""
        failed = [
            name
            for name in self._course.names
            if self._course.needs(name) and any(map(_is_wrong, self._failed[name]))
        ]
        unseen = [
            name
            for name in self._course.with_needs(failed)
            if name not in failed and (name not in self._seen or name in self._partly.names)
        ]
        return self._run(config, unseen) if unseen else {}

    def _run(self, config: pytest.Config, names: list[str]) -> _Failing:
        """Run the public suites of other exercises without output, and return the functions that do not pass."""
        suites = [config.rootpath / "exercises" / f"test_{name}.py" for name in names]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "failing.json"
            arguments = ["-p", "no:xdist", f"--submission={self._folder.resolve()}", *map(str, suites)]
            run_pytest(config.invocation_params.dir, arguments, {_FAILING_VARIABLE: str(file)})
            try:
                return msgspec.json.decode(file.read_bytes(), type=_Failing)
            except (OSError, ValueError):
                return {}  # the run failed; show the failures unchanged
