"""Messages over a socket: a length, then that many bytes. The reader sets a deadline and a largest size."""

from __future__ import annotations

import socket
import struct
import time
from contextlib import suppress

_LENGTH = struct.Struct(">I")
# A convolution's answer is kilobytes; this stops a flood, not an answer.
LARGEST_REPLY = 16 * 2**20
LARGEST_MESSAGE = 512 * 2**20
# In the place of a length: what follows is why there will be no more messages.
_GOODBYE = 2**32 - 1
_LONGEST_GOODBYE = 1000


class Closed(ConnectionError):
    """The other side has gone."""


class Ended(Closed):
    """The other side has gone, and a third has said why: the text."""


class TooLarge(ConnectionError):
    """The other side announced a message that is larger than allowed."""


def send(connection: socket.socket, message: bytes) -> None:
    """Send one message.

    Raises:
        Closed: where nobody reads any more.
    """
    try:
        connection.sendall(_LENGTH.pack(len(message)) + message)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise Closed from error


def say_goodbye(connection: socket.socket, why: str) -> None:
    """Tell the reader why the other side has gone; without waiting, for nobody may be reading."""
    text = why.encode()[:_LONGEST_GOODBYE]
    with suppress(OSError):
        connection.send(_LENGTH.pack(_GOODBYE) + _LENGTH.pack(len(text)) + text, socket.MSG_DONTWAIT)


def receive(connection: socket.socket, seconds: float | None = None, largest: int = LARGEST_MESSAGE) -> bytes:
    """Return the next message.

    Raises:
        TimeoutError: where it is not there, whole, after `seconds`.
        Closed: where the other side has gone; Ended, where the reason is known.
        TooLarge: where it is longer than `largest`.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
    if length == _GOODBYE:
        (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
        text = _exactly(connection, min(length, _LONGEST_GOODBYE), deadline)
        raise Ended(text.decode(errors="replace"))
    if length > largest:
        raise TooLarge(f"a message of {length} bytes")
    return _exactly(connection, length, deadline)


def _exactly(connection: socket.socket, count: int, deadline: float | None) -> bytes:
    parts = []
    while count:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(left)
        try:
            part = connection.recv(min(count, 2**20))
        except ConnectionResetError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts.append(part)
        count -= len(part)
    if deadline is not None:
        connection.settimeout(None)
    return parts[0] if len(parts) == 1 else b"".join(parts)
