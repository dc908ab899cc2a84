"""The examiner's process: runs suites against one submission that lives in another process.

It never imports a line of the submission. It tells the grader which tests there are before it runs any,
then each result as it comes.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from autograder import channel, plain, properties
from autograder.diagnosis.session import ROOM_FOR_EXCHANGES, explanations
from autograder.feedback import definition_line
from autograder.remote_link import RemoteLink
from autograder.role import Arrival, Role
from autograder.sandbox.limits import limit_memory
from autograder.subject import Conversation
from autograder.suite import FAILURE, Suite, exercise_of, idea_of
from autograder.weights import weight_of

# A property and a comparison that fails: what pytest and hypothesis load and remember at their first.
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
    """Run pytest once before the forks; it takes a tenth of a second less in each of them."""
    properties.load_profile()
    with tempfile.TemporaryDirectory() as folder:
        suite = Path(folder, "test_warm_up.py")
        suite.write_text(_WARM_UP)
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
    """A pytest plugin that sends what it sees to the grader.

    Attributes:
        wrong: by exercise, the tests that a wrong answer has failed.
    """

    def __init__(self, connection: socket.socket, suite: Suite):
        self.wrong: dict[str, list[str]] = defaultdict(list)
        self._connection = connection
        self._suite = suite

    def tell(self, **message: Any) -> None:
        """Send one message."""
        channel.send(self._connection, plain.pack(message))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.tell(
            kind="listed",
            tests=[
                {
                    "id": item.nodeid,
                    "exercise": exercise_of(item.path),
                    "weight": weight_of(item),
                    "idea": idea_of(item),
                }
                for item in session.items
            ],
        )

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and not report.failed:
            return
        failure = getattr(report, FAILURE, None)
        outcome = "passed" if report.passed else failure["kind"] if failure else "failed"
        budget = self._suite.budgets.get(report.nodeid)
        if report.passed and budget is not None and not budget.examples:
            outcome = "failed"  # a property that held for no example has shown nothing
        if outcome == "wrong":
            self.wrong[exercise_of(report.nodeid.partition("::")[0])].append(report.nodeid)
        self.tell(
            kind="result",
            id=report.nodeid,
            outcome=outcome,
            failure=failure,
            details="" if failure or report.passed else report.longreprtext[-4000:],
            seconds=report.duration,
            examples=budget.examples if budget else 1,
            called=sorted(self._suite.recorder.called),
            answered=sorted(self._suite.recorder.answered),
        )


class ExaminerRole(Role):
    """Runs of the hidden suites."""

    def __init__(self, settings: dict[str, Any]):
        super().__init__(settings)
        _warm_up()

    def serve(self, arrival: Arrival) -> None:
        """Run the suites that the first message names, against the submission that it holds."""
        arrival.announce(os.getpid())
        _run_suites(arrival.connection, arrival.folder)


ROLE = ExaminerRole


def _run_suites(connection: socket.socket, folder: Path) -> None:
    job = plain.unpack(channel.receive(connection))
    # A small answer can be large once it is unpacked.
    limit_memory(job["limits"])
    files: dict[str, bytes] = job["files"]

    def edit(exercise: str, function: str) -> str:
        source = files.get(f"{exercise}.py", b"").decode("utf-8", errors="replace")
        return f"{exercise}.py:{definition_line(source, function)}"

    link = RemoteLink(job["candidates"], job["first_message"], job["limits"])
    suite = Suite(job["names"], lambda recorder: Conversation(link, recorder), edit)
    suite.recorder.room = ROOM_FOR_EXCHANGES if job["diagnosed"] else 0
    reporter = Reporter(connection, suite)
    # pytest writes to a terminal; here the messages are the only output that counts.
    output = os.open(folder / "output", os.O_CREAT | os.O_WRONLY)
    os.dup2(output, 1)
    os.dup2(output, 2)
    arguments = _arguments(job["suites"])
    if job["first_failure_only"]:
        suite.shrinking_examples = 0
        arguments.append("--exitfirst")
    code = pytest.main(arguments, plugins=[suite, suite.fixtures(), reporter])
    printed = Path(folder / "output").read_text(errors="replace")[-2000:] if code > 1 else ""
    link.close()
    # What follows explains the verdict; should it fail, the verdict stands.
    reporter.tell(kind="judged", code=int(code), output=printed)
    if reporter.wrong and job["diagnosed"]:
        for test, sentences in explanations(job, suite.recorder, reporter.wrong, _arguments):
            reporter.tell(kind="diagnosed", id=test, mistakes=sentences)
    usage = os.times()
    reporter.tell(kind="done", cpu_seconds=usage.user + usage.system)
