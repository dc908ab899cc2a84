"""The examiner's link to a candidate: one process at a time, started anew when it hangs or dies."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from autograder import channel
from autograder.candidates import NotReady, connect
from autograder.subject import CannotAnswer, Hung


class RemoteLink:
    """A link to a candidate in another process, which is started anew when it hangs or dies."""

    def __init__(self, address: str, first_message: bytes, limits: dict[str, Any]):
        self._address = address
        self._first_message = first_message
        self._call_seconds = float(limits["call_seconds"])
        self._submission_seconds = float(limits["submission_seconds"])
        self._waited = 0.0
        self._connection: socket.socket | None = None

    def ask(self, request: bytes) -> bytes:
        """Return the candidate's reply.

        Raises:
            CannotAnswer: where it hangs, dies or floods; the next request goes to a new one.
        """
        if self._waited > self._submission_seconds:
            raise CannotAnswer(
                f"stopped: the {self._submission_seconds:g} s for the whole submission are used up"
            )
        begun = time.monotonic()
        try:
            return self._ask(request)
        finally:
            # What else the examiner does meanwhile is not the submission's time.
            self._waited += time.monotonic() - begun

    def _ask(self, request: bytes) -> bytes:
        self._connection = self._connection or start_candidate(self._address, self._first_message)
        try:
            channel.send(self._connection, request)
            return channel.receive(self._connection, self._call_seconds, channel.LARGEST_REPLY)
        except TimeoutError:
            self.close()
            raise Hung(f"stopped: no answer within {self._call_seconds:g} s") from None
        except channel.TooLarge:
            self.close()
            raise CannotAnswer("stopped: its answer is too large") from None
        except channel.Closed as ended:
            self.close()
            # Was it the candidate or its parent that has gone? Only a living parent starts another.
            self._connection = start_candidate(self._address, self._first_message)
            reason = (
                str(ended)
                if isinstance(ended, channel.Ended)
                else "its process ended in the middle of the call"
            )
            raise CannotAnswer(reason) from None

    def close(self) -> None:
        """Let go of the candidate."""
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
