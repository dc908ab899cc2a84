"""The examiner's transport to a candidate: one process at a time, replaced if it hangs or dies."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from autograder.course import Limits
from autograder.forkserver.connect import Connected, NotReady, connect
from autograder.protocol import channel, plain
from autograder.protocol.calls import (
    QUESTION,
    FileRequest,
    ImportLibraries,
    is_about_files,
    pack_request,
    read_request,
)
from autograder.protocol.messages import CandidateStart, Job
from autograder.protocol.text import one_line
from autograder.sandbox.clock import Clock
from autograder.sandbox.limits import LIBRARY_SECONDS
from autograder.suite.answers import Answers, public_names
from autograder.suite.candidate_files import CandidateFiles
from autograder.suite.proxy import CannotAnswer, Slept, TimedOut, TookTooMuch

# Most calls are shorter. After this time by the clock, look at what the call is charged, and then this often.
_LOOK_SECONDS = 1.0
# A call of more than half the limit is slow. Once slow calls have taken a limit together, each call gets half of it,
# and after three that did not end a quarter: no submission that hangs or sleeps keeps a class waiting for minutes.
_HALF, _QUARTER, _ALMOST_A_LIMIT, _ENDLESS_CALLS = 0.5, 0.25, 0.9, 3


@dataclass
class Spent:
    """What a submission has spent of its time, in seconds as `Clock` charges them.

    Attributes:
        charged: to candidates that are closed.
        slow: for slow calls.
        endless: how many calls did not end.
    """

    charged: float = 0.0
    slow: float = 0.0
    endless: int = 0

    def limit_of_a_call(self, most: float) -> float:
        """Return how long the next call may take, at most `most`."""
        if self.endless >= _ENDLESS_CALLS:
            return _QUARTER * most
        return _HALF * most if self.slow > _ALMOST_A_LIMIT * most else most


class RemoteTransport:
    """Sends requests to a candidate in another process, which is replaced if it hangs or dies.

    Args:
        address: the address of the candidates' fork server.
        start: the first message to each candidate.
        limits: the limits on the time of a call, and of all calls together, as `Clock` charges it.
        exercises: those that are examined.
        answers: answers the submission's questions about earlier exercises; None if it may ask none.

    Attributes:
        start: the first message to the next candidate.
        spent: what the submission has spent of its time.
    """

    def __init__(
        self,
        address: str,
        start: CandidateStart,
        limits: Limits,
        exercises: list[str],
        answers: Answers | None = None,
    ):
        self.start = start
        self._answers = answers
        self._exercises = exercises
        self._address = address
        self._limits = limits
        self._candidate: _Candidate | None = None
        self.spent = Spent()
        self._library_seconds = LIBRARY_SECONDS

    def ask(self, request: bytes) -> bytes:
        """Return the candidate's reply.

        Raises:
            CannotAnswer: if it hangs, dies or sends too much; the next request goes to a new candidate.
        """
        if self.is_used_up():
            most = self._limits.submission_seconds
            raise CannotAnswer(f"stopped: the submission has used up its {most:g} s")
        candidate = self._candidate = self._candidate or self._start_candidate()
        if is_about_files(request):
            return candidate.ask_about_files(request)
        seconds = self.spent.limit_of_a_call(self._limits.call_seconds)
        try:
            return candidate.ask(request, seconds, self._answers)
        except TimeoutError:
            self.spent.endless += 1
            stopped = Slept if candidate.slept else TimedOut
            self.close()
            raise stopped(f"stopped: no answer within {seconds:g} s") from None
        except channel.TooLarge:
            self.close()
            raise CannotAnswer("stopped: its answer is too large") from None
        except channel.ConnectionLost as lost:
            self.close()
            # Did the candidate end, or its fork server? Only a running server starts another candidate.
            self._candidate = self._start_candidate()
            if not isinstance(lost, channel.PeerExited):
                raise CannotAnswer("the process ended during the call") from None
            raise (TookTooMuch if lost.costly else CannotAnswer)(one_line(lost)) from None
        finally:
            if candidate.charged_for_a_call > _HALF * self._limits.call_seconds:
                self.spent.slow += candidate.charged_for_a_call

    def is_used_up(self) -> bool:
        """Return True if the submission has no time left: no request is answered any more."""
        return self.charged() > self._limits.submission_seconds

    def charged(self) -> float:
        """Return how many seconds the submission has been charged for its answers."""
        if self._candidate is None:
            return self.spent.charged
        left = self._limits.submission_seconds - self.spent.charged
        return self.spent.charged + self._candidate.charged(left)

    def _start_candidate(self) -> _Candidate:
        connected = start_candidate(self._address, self.start)
        if self._library_seconds > 0:
            begun = time.monotonic()
            try:
                _Candidate(connected).ask(
                    pack_request(ImportLibraries(self._exercises)), self._library_seconds
                )
                self._library_seconds -= time.monotonic() - begun
            except OSError:
                # The tests will show which library crashes or hangs.
                self._library_seconds = 0.0
                connected.close()
                connected = start_candidate(self._address, self.start)
        return _Candidate(connected)

    def close(self) -> None:
        """Close the connection to the candidate, and to what answers its questions."""
        if self._answers:
            self._answers.close()
        if self._candidate:
            self.spent.charged = self.charged()
            self._candidate.close()
        self._candidate = None


class _Candidate:
    """One candidate, and what it has been charged since this was made.

    Attributes:
        files: its files.
        charged_for_a_call: what it has been charged for the last call, in seconds.
        slept: True if it did not compute for most of that time.
    """

    def __init__(self, connected: Connected):
        self._connected = connected
        self._connection = connected.connection
        self._process = connected.process
        self.files = CandidateFiles(connected.home, connected.home_path)
        self.charged_for_a_call, self.slept = 0.0, False
        self._waited = 0.0  # for its answers, by the clock
        self._clock = Clock(self._process)

    def charged(self, left: float) -> float:
        """Return the seconds that it has been charged; at most, by the clock, if that is not more than `left`."""
        return self._waited if self._waited <= left else self._clock.charged(self._waited)

    def ask(self, request: bytes, seconds: float, answers: Answers | None = None) -> bytes:
        """Return its reply to a request.

        The time that it takes to answer its own questions is its time.

        Raises:
            TimeoutError: if the call has been charged that many seconds.
            ConnectionLost: if it ends.
            TooLarge: if its reply is too large.
        """
        lent = self._connected.lent.lend(request)
        begun = time.monotonic()
        self.charged_for_a_call, self.slept = 0.0, False
        look: tuple[float, Clock] | None = None
        wait = min(seconds / 4, _LOOK_SECONDS)

        def more() -> float:
            nonlocal look
            now = time.monotonic()
            if look is None:
                look = now, Clock(self._process)
            since, clock = look
            charged = clock.charged(now - since)
            # What is more than the wait is the examiner's own wait for a processor.
            self.charged_for_a_call = min(since - begun, wait) + charged
            self.slept = clock.computed() < charged / 2
            return min(seconds - self.charged_for_a_call, _LOOK_SECONDS)

        try:
            channel.send(self._connection, lent, wait, more)
            reply = channel.receive(self._connection, wait, channel.LARGEST_REPLY, more)
            until = begun + wait
            while answers and reply.startswith(QUESTION):
                answer = answers.answer(reply[len(QUESTION) :])
                channel.send(self._connection, answer, max(until - time.monotonic(), 0.0), more)
                if (now := time.monotonic()) >= until:
                    until = now + more()
                if until <= now:
                    raise TimeoutError
                reply = channel.receive(self._connection, until - now, channel.LARGEST_REPLY, more)
            if look:
                more()
            return self._connected.lent.with_changes(reply)
        finally:
            # The examiner's own work does not count as the submission's time.
            self._waited += time.monotonic() - begun

    def ask_about_files(self, request: bytes) -> bytes:
        """Return the reply to a request about its files, which it is not asked itself."""
        asked, _ = read_request(request)
        assert isinstance(asked, FileRequest)
        return plain.pack(self.files.answer(asked))

    def close(self) -> None:
        """Close the connection; its fork server ends the process."""
        self.files.close()
        self._connected.close()


def transport_to(job: Job, limits: Limits | None = None) -> RemoteTransport:
    """Return the transport to a job's submission.

    Where functions of earlier exercises do not pass, the course's solutions answer for them, in a process of their own.
    An exercise that cannot be run at all is its stub, whose functions are all answered for.
    """
    limits = limits or job.limits
    start, answers = job.submission, None
    if start.stand_ins:
        solutions = read_solutions(job)
        reference = msgspec.structs.replace(start, files=solutions, stand_ins={})
        files, functions = dict(start.files), dict[str, list[str]]()
        for name, wrong in start.stand_ins.items():
            functions[name] = [function for function in wrong if function]
            stub = Path("exercises", f"{name}.py")
            if "" in wrong and stub.is_file():
                files[stub.name] = stub.read_bytes()
                functions[name] += public_names(files[stub.name])
        start = msgspec.structs.replace(start, files=files, stand_ins=functions)
        answers = Answers(functions, RemoteTransport(job.candidates, reference, job.limits, []))
    return RemoteTransport(job.candidates, start, limits, job.examined, answers)


def read_solutions(job: Job) -> dict[str, bytes]:
    """Return the solutions of the course, the current folder, and its given modules, by file name."""
    paths = [Path("solutions", f"{name}.py") for name in [*job.submission.given, *job.submission.names]]
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def start_candidate(address: str, start: CandidateStart) -> Connected:
    """Return a connection to a new candidate that is ready and has not run any code of the submission.

    If no candidate can be started, that is not the submission's fault: no test may fail because of it, so the run
    ends without a result.
    """
    try:
        return connect(address, start)
    except (OSError, NotReady) as error:
        pytest.exit(f"no candidate can be started: {error}", returncode=pytest.ExitCode.INTERNAL_ERROR)
