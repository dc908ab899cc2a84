"""The learner's pytest: `pytest exercises/`, short failures, a table at the end, what to do next."""

from __future__ import annotations

import json
import os
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from autograder.candidate import Candidate
from autograder.course import FILE_NAME, Course, CourseError, read_course
from autograder.feedback import Failure, definition_line
from autograder.needs import blamed, failing_functions, unmet
from autograder.pytest_process import run_pytest
from autograder.recorder import Recorder
from autograder.subject import Conversation
from autograder.suite import FAILURE, Suite, exercise_of

# Where a run that another run has started writes which functions do not pass.
_FAILING_FILE = "AUTOGRADER_FAILING_FILE"
# Where a run that `autograder watch` or `status` has started writes what came of each exercise.
RESULTS_FILE = "AUTOGRADER_RESULTS_FILE"


class FailedCheck(BaseModel):
    """A public test that fails: what it says, and the function that is at fault, as far as that is known."""

    text: str
    function: str


class ExerciseResult(BaseModel):
    """What came of one exercise's public suite."""

    passed: int
    total: int
    unwritten: bool
    """Whether nothing of it is written yet."""
    edit: str
    """The place to edit next."""
    failures: list[FailedCheck]
    """The failing tests, in the order of the suite."""

    @property
    def done(self) -> bool:
        """Whether all tests pass."""
        return 0 < self.total == self.passed


class DirectLink:
    """A submission in this very process: fast, and a debugger's breakpoints work in it."""

    def __init__(self, folder: Path, names: list[str]):
        self._candidate = Candidate(folder, names)

    def ask(self, request: bytes) -> bytes:
        """Return the candidate's reply."""
        return self._candidate.answer(request)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--submission`."""
    parser.getgroup("autograder").addoption(
        "--submission",
        metavar="DIR",
        default=None,
        help="the folder of modules that the suites examine (default: exercises)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Read the course, and register its fixtures and its reporter."""
    config.addinivalue_line("markers", "points(weight): how much the test counts within its exercise")
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
    names = course.names

    def edit(exercise: str, function: str) -> str:
        return place_to_edit(folder, exercise, function, config.invocation_params.dir)

    def converse(recorder: Recorder) -> Conversation:
        return Conversation(DirectLink(folder, names), recorder)

    suite = Suite(names, converse, edit)
    config.pluginmanager.register(suite, "autograder-suite")
    config.pluginmanager.register(suite.fixtures(), "autograder-fixtures")
    progress = Progress(course, edit)
    config.pluginmanager.register(progress, "autograder-progress")
    # With pytest-xdist the results come together in the one process that is no worker.
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Needs(course, folder), "autograder-needs")


def place_to_edit(folder: Path, exercise: str, function: str, start: Path) -> str:
    """Return `exercises/padding.py:41`, as seen from `start`."""
    path = folder.resolve() / f"{exercise}.py"
    try:
        line = definition_line(path.read_text(encoding="utf-8", errors="replace"), function)
    except OSError:
        line = 1
    if path.is_relative_to(start):
        path = path.relative_to(start)
    return f"{path.as_posix()}:{line}"


class Progress:
    """The table at the end of a run, made from the tests of that run and from nothing else."""

    def __init__(self, course: Course, edit: Any):
        self._course = course
        self._edit = edit
        self._passed: dict[str, int] = defaultdict(int)
        self._total: dict[str, int] = defaultdict(int)
        self._unwritten: dict[str, dict[str, str]] = defaultdict(dict)
        self._failing_function: dict[str, str] = {}
        self._failed: dict[str, list[pytest.TestReport]] = defaultdict(list)

    @pytest.hookimpl
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        failure = getattr(report, FAILURE, None)
        if failure and failure["kind"] in ("unwritten", "needs"):
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
        failure = getattr(report, FAILURE, None)
        if failure:
            self._failing_function.setdefault(exercise, failure["function"])
        if failure and failure["kind"] in ("unwritten", "needs"):
            self._unwritten[exercise].setdefault(failure["difference"], failure["edit"])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        # Last, because `Needs` changes what a failure says.
        if RESULTS_FILE in os.environ:
            results = {
                name: self._result(name).model_dump() for name in self._course.names if self._total[name]
            }
            Path(os.environ[RESULTS_FILE]).write_text(json.dumps({"exercises": results}), encoding="utf-8")

    def _result(self, name: str) -> ExerciseResult:
        return ExerciseResult(
            passed=self._passed[name],
            total=self._total[name],
            unwritten=not self._passed[name] and bool(self._unwritten[name]),
            edit=self._edit(name, self._failing_function.get(name, "")),
            failures=[
                FailedCheck(
                    text=str(report.longrepr),
                    function=(getattr(report, FAILURE, None) or {}).get("function", ""),
                )
                for report in self._failed[name]
            ],
        )

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        ran = [name for name in self._course.names if self._total[name]]
        if not ran:
            return
        write = terminalreporter.write_line
        if len(ran) == 1:
            for sentence, edit in self._unwritten[ran[0]].items():
                write(f"{sentence}: {edit}")
        terminalreporter.write_sep("=", self._course.title)
        width = max(len(name) for name in ran)
        for name in ran:
            passed, total = self._passed[name], self._total[name]
            bar = ("#" * (20 * passed // total)).ljust(20, ".")
            note = (
                "done"
                if passed == total
                else "not written yet"
                if not passed and self._unwritten[name]
                else ""
            )
            color = {"green": passed == total, "yellow": 0 < passed < total}
            write(f"{name:<{width}}  {bar}  {passed:>2}/{total:<2}  {note}".rstrip(), **color)
        write(self._next(ran))

    def _next(self, ran: list[str]) -> str:
        for name in ran:
            if self._passed[name] < self._total[name]:
                return f"next: {name}, in {self._edit(name, self._failing_function.get(name, ''))}"
        later = self._course.names[self._course.names.index(ran[-1]) + 1 :]
        if later:
            return f"next: {later[0]}, in {self._edit(later[0], '')}"
        return "all done"


def _is_wrong(report: pytest.TestReport) -> bool:
    """Tell whether a test failed for a reason that is still to be found."""
    failure = getattr(report, FAILURE, None)
    return failure is None or failure["kind"] not in ("unwritten", "needs")


class Needs:
    """Says of a failing test of an exercise which earlier function it needs, where that does not pass."""

    def __init__(self, course: Course, folder: Path):
        self._course = course
        self._folder = folder
        self._failed: dict[str, list[pytest.TestReport]] = defaultdict(list)
        self._seen: set[str] = set()
        self._partly: set[str] = set()

    @pytest.hookimpl
    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self._partly |= {exercise_of(item.path) for item in items}

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        exercise = exercise_of(report.nodeid.partition("::")[0])
        self._seen.add(exercise)
        if report.failed:
            self._failed[exercise].append(report)

    @pytest.hookimpl
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        # The terminal prints its failures after this.
        asked = os.environ.get(_FAILING_FILE)
        failing = {} if asked else self._elsewhere(session.config)
        for exercise in self._course.names:
            missing = unmet(self._course.needs(exercise), failing)
            for report in self._failed[exercise]:
                found = getattr(report, FAILURE, None)
                failure = Failure.model_validate(found) if found else None
                if failure and missing:
                    failure = blamed(failure, failure.idea, missing) or failure
                    setattr(report, FAILURE, failure.model_dump())
                    report.longrepr = "\n".join(failure.lines())
                failing.setdefault(exercise, {}).update(failing_functions(exercise, failure))
        if asked:
            Path(asked).write_text(json.dumps(failing), encoding="utf-8")

    def _elsewhere(self, config: pytest.Config) -> dict[str, dict[str, str]]:
        """Return what does not pass of the exercises that failures need and this run did not see whole."""
        failed = [
            name
            for name in self._course.names
            if self._course.needs(name) and any(map(_is_wrong, self._failed[name]))
        ]
        unseen = [
            name
            for name in self._course.with_needs(failed)
            if name not in failed and (name not in self._seen or name in self._partly)
        ]
        return self._run(config, unseen) if unseen else {}

    def _run(self, config: pytest.Config, names: list[str]) -> dict[str, dict[str, str]]:
        """Run the public suites of other exercises, quietly, and return which functions do not pass."""
        suites = [config.rootpath / "exercises" / f"test_{name}.py" for name in names]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "failing.json"
            arguments = ["-p", "no:xdist", f"--submission={self._folder.resolve()}", *map(str, suites)]
            run_pytest(config.invocation_params.dir, arguments, {_FAILING_FILE: str(file)})
            try:
                return json.loads(file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                return {}  # it could not run; the failures are shown as they are
