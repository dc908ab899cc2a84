"""The learner's pytest: `pytest exercises/`, short failures, a table at the end, what to do next."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from autograder.candidate import Candidate
from autograder.course import FILE_NAME, Course, CourseError, read_course
from autograder.feedback import definition_line
from autograder.subject import Conversation, Recorder
from autograder.suite import FAILURE, Suite, exercise_of


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
    config.pluginmanager.register(Progress(course, edit), "autograder-progress")


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

    @pytest.hookimpl
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        failure = getattr(report, FAILURE, None)
        if failure and failure["kind"] == "unwritten":
            return "not written yet", "u", "NOT WRITTEN YET"
        return None

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        exercise = exercise_of(report.nodeid.partition("::")[0])
        if exercise not in self._course.names or (report.when != "call" and not report.failed):
            return
        self._total[exercise] += 1
        self._passed[exercise] += report.passed
        failure = getattr(report, FAILURE, None)
        if failure:
            self._failing_function.setdefault(exercise, failure["function"])
        if failure and failure["kind"] == "unwritten":
            self._unwritten[exercise].setdefault(failure["difference"], failure["edit"])

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
