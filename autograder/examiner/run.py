"""The examiner's process: run suites on one submission, which runs in another process.

It never imports the submission. It sends the grader the list of tests before it runs any, then each result at
once.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import socket
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.course import exercise_of
from autograder.diagnosis.explanations import CAPACITY, explanations
from autograder.examiner.result import GRACE_SECONDS, KILLED
from autograder.forkserver.handler import Child, Handler
from autograder.protocol import channel, messages
from autograder.protocol.failure import Failure, Location, Outcome
from autograder.sandbox.limits import limit_memory
from autograder.suite import properties
from autograder.suite.explain import definition_line
from autograder.suite.hooks import Suite, failure_of, idea_of
from autograder.suite.prerequisites import Fault, add_failure, blamed, unmet
from autograder.suite.remote_transport import transport_to
from autograder.suite.weights import proved_by, weight_of

# A property and a failing comparison, so that pytest and hypothesis load and cache what they need.
_WARM_UP = """
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

@given(st.integers(0, 3), arrays("float32", st.integers(1, 2), elements=st.floats(0, 1, width=32)))
def test_right(number, array):
    assert number < 4

@pytest.mark.parametrize("number", [1])
def test_wrong(number):
    assert number == 2
"""


def _warm_up() -> None:
    """Run pytest once before the forks; this saves a tenth of a second in each of them."""
    properties.load_profile()
    with tempfile.TemporaryDirectory() as folder:
        suite = Path(folder, "test_warm_up.py")
        suite.write_text(_WARM_UP)
        # Its output must not appear in the output of a later run.
        with redirect_stdout(io.StringIO()):
            pytest.main(_arguments([str(suite)]))


def _arguments(suites: list[str]) -> list[str]:
    return [
        "--import-mode=importlib",
        "--noconftest",
        *("-p", "no:cacheprovider"),
        *("-p", "no:faulthandler"),
        *("-p", "no:unraisableexception"),
        *("-p", "no:threadexception"),
        *("-c", os.devnull),
        *("--rootdir", os.getcwd()),
        *("-W", "ignore"),
        *suites,
    ]


class Reporter:
    """A pytest plugin that reports to the grader.

    Args:
        connection: to the grader.
        suite: the suites.
        needs: by exercise, what it needs of earlier ones.

    Attributes:
        wrong: by exercise, the tests that failed because of a wrong answer.
    """

    def __init__(self, connection: socket.socket, suite: Suite, needs: Mapping[str, list[str]]):
        self.wrong: dict[str, list[str]] = defaultdict(list)
        self._connection = connection
        self._suite = suite
        self._needs = needs
        self._failing: dict[str, dict[str, Fault]] = {}

    def send(self, message: msgspec.Struct) -> None:
        """Send one message."""
        channel.send(self._connection, messages.encode(message))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.send(messages.Listed([_listed(item) for item in session.items]))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Leave out what would fail for an earlier function: the grader asks for it again, with right values."""
        missing = unmet(self._needs.get(exercise_of(item.path), ()), self._failing)
        if not missing:
            return None
        failure = blamed(Failure(Outcome.NOT_RUN, idea_of(item)), missing)
        self.send(messages.Result(item.nodeid, failure, details="", seconds=0.0, called=[], answered=[]))
        return True

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and not report.failed:
            return
        failure = failure_of(report)
        budget = self._suite.budgets.get(report.nodeid)
        # A property that was tested with no example proves nothing.
        broken = not report.passed or (budget is not None and not budget.examples)
        if failure is None and broken:
            failure = Failure(Outcome.FAILED)
        exercise = exercise_of(report.nodeid.partition("::")[0])
        if failure and failure.outcome is Outcome.WRONG:
            self.wrong[exercise].append(report.nodeid)
        if failure:
            add_failure(self._failing, exercise, failure)
        details = failure is not None and failure.outcome is Outcome.FAILED and not report.passed
        self.send(
            messages.Result(
                id=report.nodeid,
                failure=failure,
                details=report.longreprtext[-4000:] if details else "",
                seconds=report.duration,
                called=sorted(self._suite.transcript.called),
                answered=sorted(self._suite.transcript.returned),
                bits=self._suite.guesses.bits() if self._suite.guesses else 0.0,
            )
        )


def _listed(item: pytest.Item) -> messages.ListedTest:
    exercise = exercise_of(item.path)
    proves = [f"{exercise}.{function}" for function in proved_by(item)]
    return messages.ListedTest(item.nodeid, exercise, weight_of(item), idea_of(item), proves)


class ExaminerHandler(Handler):
    """Runs the hidden suites on one submission in each child."""

    def __init__(self, settings: dict[str, Any]):
        super().__init__(settings)
        _warm_up()

    def handle(self, child: Child) -> None:
        """Run the suites in the first message on the submission in that message."""
        child.announce(os.getpid())
        _run_suites(child.connection, child.folder)

    def last_words(self, status: int, cpu_seconds: float, slot: int) -> channel.Ending:
        """Return how an examiner ended: which signal, or which exit code."""
        del slot
        if not os.WIFSIGNALED(status):
            return channel.Ending(f"exit code {os.waitstatus_to_exitcode(status)}")
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return channel.Ending(f"it took more than {cpu_seconds:.0f} s of processor time")
        return channel.Ending(KILLED if number == signal.SIGKILL else signal.Signals(number).name)


def _run_suites(connection: socket.socket, folder: Path) -> None:
    job = messages.decode(channel.receive(connection), messages.Job)
    # A small answer can be large after unpacking.
    limit_memory(job.limits)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(job.limits.submission_seconds + GRACE_SECONDS), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    files = job.submission.files

    def edit(location: Location) -> Location:
        source = files.get(location.file, b"").decode("utf-8", errors="replace")
        return replace(location, line=definition_line(source, location.function))

    transport = transport_to(job)
    suite = Suite(job.submission.names, lambda: transport, edit)
    suite.tape.capacity = CAPACITY if job.diagnosed else 0
    reporter = Reporter(connection, suite, job.needs)
    # pytest writes to a terminal; here the messages are the only output that counts.
    output = os.open(folder / "output", os.O_CREAT | os.O_WRONLY)
    os.dup2(output, 1)
    os.dup2(output, 2)
    arguments = _arguments(job.suites)
    if job.purpose is not messages.Purpose.EXPLAIN:
        suite.shrinking_examples = 0
    if job.purpose is messages.Purpose.FIND_A_FAILURE:
        arguments.append("--exitfirst")
    if job.purpose is messages.Purpose.COUNT_GUESSES:
        suite.count_guesses()
    code = pytest.main(arguments, plugins=[suite, suite.fixtures(), reporter])
    sys.stdout.flush()
    printed = Path(folder / "output").read_text(errors="replace")[-2000:] if code > 1 else ""
    transport.close()
    # The rest only explains the verdict; if it fails, the verdict stands.
    reporter.send(messages.Judged(code=int(code), output=printed))
    if reporter.wrong and job.diagnosed:
        for message in explanations(job, suite.tape, reporter.wrong, _arguments):
            reporter.send(message)
    usage = os.times()
    reporter.send(messages.Finished(cpu_seconds=usage.user + usage.system))
