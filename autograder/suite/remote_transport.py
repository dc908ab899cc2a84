"""The examiner's transport to a candidate: one process at a time, replaced if it hangs or dies."""

from __future__ import annotations

import socket
import time

import pytest

from autograder.course import Limits
from autograder.forkserver.connect import NotReady, connect
from autograder.protocol import channel
from autograder.protocol.messages import CandidateStart
from autograder.protocol.text import one_line
from autograder.suite.proxy import CannotAnswer, TimedOut


class RemoteTransport:
    """Sends requests to a candidate in another process, which is replaced if it hangs or dies.

    Args:
        address: the address of the candidates' fork server.
        start: the first message to each candidate.
        limits: the limits on the time of a call, and of all calls together.
    """

    def __init__(self, address: str, start: CandidateStart, limits: Limits):
        self.start = start
        self._address = address
        self._limits = limits
        self._waited = 0.0
        self._connection: socket.socket | None = None

    def ask(self, request: bytes) -> bytes:
        """Return the candidate's reply.

        Raises:
            CannotAnswer: if it hangs, dies or sends too much; the next request goes to a new candidate.
        """
        most = self._limits.submission_seconds
        if self._waited > most:
            raise CannotAnswer(f"stopped: the submission has used up its {most:g} s")
        begun = time.monotonic()
        try:
            return self._ask(request)
        finally:
            # The examiner's own work does not count as the submission's time.
            self._waited += time.monotonic() - begun

    def _ask(self, request: bytes) -> bytes:
        self._connection = self._connection or start_candidate(self._address, self.start)
        seconds = self._limits.call_seconds
        try:
            channel.send(self._connection, request)
            return channel.receive(self._connection, seconds, channel.LARGEST_REPLY)
        except TimeoutError:
            self.close()
            raise TimedOut(f"stopped: no answer within {seconds:g} s") from None
        except channel.TooLarge:
            self.close()
            raise CannotAnswer("stopped: its answer is too large") from None
        except channel.ConnectionLost as lost:
            self.close()
            # Did the candidate end, or its fork server? Only a running server starts another candidate.
            self._connection = start_candidate(self._address, self.start)
            known = isinstance(lost, channel.PeerExited)
            raise CannotAnswer(one_line(lost) if known else "the process ended during the call") from None

    def close(self) -> None:
        """Close the connection to the candidate."""
        if self._connection:
            self._connection.close()  # its fork server kills it
        self._connection = None


def start_candidate(address: str, start: CandidateStart) -> socket.socket:
    """Return a connection to a new candidate that is ready and has not run any code of the submission.

    If no candidate can be started, that is not the submission's fault: no test may fail because of it, so the run
    ends without a result.
    """
    try:
        return connect(address, start)
    except (OSError, NotReady) as error:
        pytest.exit(f"no candidate can be started: {error}", returncode=pytest.ExitCode.INTERNAL_ERROR)
