"""Get a candidate from the candidates' fork server."""

from __future__ import annotations

import socket

from autograder.protocol import channel, messages

# A fork and its sandbox take only milliseconds, but the server may still be importing TensorFlow.
_START_SECONDS = 60.0


class NotReady(Exception):
    """A candidate could not isolate itself; the text says why."""


def connect(address: str, start: messages.CandidateStart) -> socket.socket:
    """Return a connection to a new candidate that is ready and has not run any code of the submission.

    Raises:
        NotReady: if the candidate could not isolate itself.
        OSError: if its fork server does not answer.
    """
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(address)
        channel.send(connection, messages.encode(start))
        # Sent before the submission is loaded, so it can be trusted.
        ready = messages.decode(channel.receive(connection, _START_SECONDS), messages.CandidateReady)
        if ready.failed:
            raise NotReady(ready.failed)
    except BaseException:
        connection.close()
        raise
    return connection
