"""Get a candidate from the candidates' fork server."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

from autograder.protocol import channel, messages

# A fork and its sandbox take only milliseconds, but on a busy machine the server may still be importing TensorFlow.
_START_SECONDS = 300.0
_CREDENTIALS = struct.Struct("3i")  # process, user, group: `struct ucred` in man 7 unix


class NotReady(Exception):
    """A candidate could not isolate itself; the text says why."""


@dataclass(frozen=True)
class Connected:
    """A candidate that is ready.

    Attributes:
        connection: the connection to it.
        process: its process ID as this process sees it.
    """

    connection: socket.socket
    process: int


def connect(address: str, start: messages.CandidateStart) -> Connected:
    """Return a connection to a new candidate that is ready and has not run any code of the submission.

    Raises:
        NotReady: if the candidate could not isolate itself.
        OSError: if its fork server does not answer.
    """
    connection = socket.socket(socket.AF_UNIX)
    try:
        # The kernel adds the sender's process ID to each message, also from another namespace.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        connection.connect(address)
        channel.send(connection, messages.encode(start))
        # Sent before the submission is loaded, so it can be trusted.
        connection.settimeout(_START_SECONDS)
        process = _sender(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        ready = messages.decode(channel.receive(connection, _START_SECONDS), messages.CandidateReady)
        if ready.failed:
            raise NotReady(ready.failed)
    except BaseException:
        connection.close()
        raise
    return Connected(connection, process)


def _sender(connection: socket.socket) -> int:
    """Return the process ID of the sender of the next message, which stays unread."""
    space = socket.CMSG_SPACE(_CREDENTIALS.size)
    _, found, *_ = connection.recvmsg(1, space, socket.MSG_PEEK)
    for level, kind, data in found:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            process: int = _CREDENTIALS.unpack(data)[0]
            return process
    raise channel.ConnectionLost("it ended before it was ready")
