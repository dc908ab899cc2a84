"""Get a candidate from the candidates' fork server."""

from __future__ import annotations

import os
import socket
import struct
from contextlib import ExitStack
from dataclasses import dataclass

from autograder.protocol import channel, messages
from autograder.protocol.lent import LentArrays

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
        home: a file descriptor of its home folder.
        home_path: the path of that folder, as it sees it.
        lent: the memory that it shares with this process.
    """

    connection: socket.socket
    process: int
    home: int
    home_path: str
    lent: LentArrays

    def close(self) -> None:
        """Close the connection, which ends the candidate, and what belongs to it."""
        self.connection.close()
        os.close(self.home)
        self.lent.close()


def connect(address: str, start: messages.CandidateStart) -> Connected:
    """Return a connection to a new candidate that is ready and has not run any code of the submission.

    Raises:
        NotReady: if the candidate could not isolate itself.
        OSError: if its fork server does not answer.
    """
    with ExitStack() as opened:
        connection = opened.enter_context(socket.socket(socket.AF_UNIX))
        lent = LentArrays()
        opened.callback(lent.close)
        # The kernel adds the sender's process ID to each message, also from another namespace.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        connection.connect(address)
        channel.send(connection, messages.encode(start))
        channel.send_file(connection, lent.file)
        # Sent before the submission is loaded, so it can be trusted.
        connection.settimeout(_START_SECONDS)
        process = _sender(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        path = _reply(connection).home
        home = channel.receive_file(connection, _START_SECONDS)
        opened.callback(os.close, home)
        _reply(connection)
        opened.pop_all()
        return Connected(connection, process, home, path, lent)


def _reply(connection: socket.socket) -> messages.CandidateReady:
    """Return the candidate's next reply.

    Raises:
        NotReady: if it could not isolate itself.
    """
    reply = messages.decode(channel.receive(connection, _START_SECONDS), messages.CandidateReady)
    if reply.failed:
        raise NotReady(reply.failed)
    return reply


def _sender(connection: socket.socket) -> int:
    """Return the process ID of the sender of the next message, which stays unread."""
    space = socket.CMSG_SPACE(_CREDENTIALS.size)
    _, found, *_ = connection.recvmsg(1, space, socket.MSG_PEEK)
    for level, kind, data in found:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            process: int = _CREDENTIALS.unpack(data)[0]
            return process
    raise channel.ConnectionLost("it ended before it was ready")
