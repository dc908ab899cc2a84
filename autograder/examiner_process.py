"""The examiner's process: runs suites against one submission that lives in another process.

It never imports a line of the submission. It tells the grader which tests there are before it runs any,
then each result as it comes.
"""

from __future__ import annotations

import os
import socket
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from autograder import channel, plain, properties
from autograder.candidates import NotReady, connect
from autograder.feedback import definition_line
from autograder.role import Arrival, Role
from autograder.sandbox.limits import limit_memory
from autograder.subject import CannotAnswer, Conversation, Hung, Recorder
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


class RemoteLink:
    """A link to a candidate in another process, which is started anew when it hangs or dies."""

    def __init__(self, address: str, first_message: bytes, limits: dict[str, Any]):
        self._address = address
        self._first_message = first_message
        self._call_seconds = float(limits["call_seconds"])
        self._submission_seconds = float(limits["submission_seconds"])
        self._end = time.monotonic() + self._submission_seconds
        self._connection: socket.socket | None = None

    def ask(self, request: bytes) -> bytes:
        """Return the candidate's reply.

        Raises:
            CannotAnswer: where it hangs, dies or floods; the next request goes to a new one.
        """
        if time.monotonic() > self._end:
            raise CannotAnswer(
                f"stopped: the {self._submission_seconds:g} s for the whole submission are used up"
            )
        self._connection = self._connection or start_candidate(self._address, self._first_message)
        try:
            channel.send(self._connection, request)
            return channel.receive(self._connection, self._call_seconds, channel.LARGEST_REPLY)
        except TimeoutError:
            self._drop()
            raise Hung(f"stopped: no answer within {self._call_seconds:g} s") from None
        except channel.TooLarge:
            self._drop()
            raise CannotAnswer("stopped: its answer is too large") from None
        except channel.Closed as ended:
            self._drop()
            # Was it the candidate or its parent that has gone? Only a living parent starts another.
            self._connection = start_candidate(self._address, self._first_message)
            reason = (
                str(ended)
                if isinstance(ended, channel.Ended)
                else "its process ended in the middle of the call"
            )
            raise CannotAnswer(reason) from None

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()  # its parent kills it
        self._connection = None


def start_candidate(address: str, first_message: bytes) -> socket.socket:
    """Return a connection to a new candidate that is ready, and has not run a line of the submission.

    A candidate that cannot be started is the kit's own trouble: no test may fail for it, so the run ends
    without a result.
    """
    try:
        return connect(address, first_message)
    except (OSError, NotReady) as error:
        pytest.exit(f"no candidate can be started: {error}", returncode=pytest.ExitCode.INTERNAL_ERROR)


class Reporter:
    """A pytest plugin that sends what it sees to the grader."""

    def __init__(self, connection: socket.socket, suite: Suite):
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
        os.chdir(settings["folder"])  # tests are named from there
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

    def converse(recorder: Recorder) -> Conversation:
        return Conversation(RemoteLink(job["candidates"], job["first_message"], job["limits"]), recorder)

    suite = Suite(job["names"], converse, edit)
    reporter = Reporter(connection, suite)
    # pytest writes to a terminal; here the messages are the only output that counts.
    output = os.open(folder / "output", os.O_CREAT | os.O_WRONLY)
    os.dup2(output, 1)
    os.dup2(output, 2)
    code = pytest.main(_arguments(job["suites"]), plugins=[suite, suite.fixtures(), reporter])
    usage = os.times()
    printed = Path(folder / "output").read_text(errors="replace")[-2000:] if code > 1 else ""
    reporter.tell(kind="done", code=int(code), cpu_seconds=usage.user + usage.system, output=printed)
