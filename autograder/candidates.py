"""Ask the candidates' warm parent for a candidate."""

from __future__ import annotations

import socket

from autograder import channel, plain

# A fork and its walls take hundredths of a second, but a parent may be importing TensorFlow still.
_START_SECONDS = 60.0


class NotReady(Exception):
    """A candidate could not put up its walls; the text says which."""


def connect(address: str, first_message: bytes) -> socket.socket:
    """Return a connection to a new candidate that is ready, and has not run a line of the submission.

    Raises:
        NotReady: where it could not be enclosed.
        OSError: where its parent does not answer.
    """
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(address)
        channel.send(connection, first_message)
        # Sent before the submission is loaded, so it can be believed.
        failed = plain.unpack(channel.receive(connection, _START_SECONDS)).get("failed")
        if failed:
            raise NotReady(failed)
    except BaseException:
        connection.close()
        raise
    return connection
