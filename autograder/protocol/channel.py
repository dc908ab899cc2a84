"""Messages over a socket: a length, then that many bytes. The reader sets a deadline and a maximum size."""

from __future__ import annotations

import socket
import struct
import time
from contextlib import suppress

_LENGTH = struct.Struct(">I")
# A convolution's answer has kilobytes, so this stops only a flood.
LARGEST_REPLY = 16 * 2**20
LARGEST_MESSAGE = 512 * 2**20
# Sent instead of a length: the reason why there will be no more messages follows.
_REASON = 2**32 - 1
_LONGEST_REASON = 1000


class ConnectionLost(ConnectionError):
    """The other side has closed the connection."""


class PeerExited(ConnectionLost):
    """The other side has ended; the text is the reason, from its fork server."""


class TooLarge(ConnectionError):
    """The other side announced a message above the size limit."""


def send(connection: socket.socket, message: bytes) -> None:
    """Send one message.

    Raises:
        ConnectionLost: if the other side has closed the connection.
    """
    try:
        connection.sendall(_LENGTH.pack(len(message)) + message)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise ConnectionLost from error


def send_reason(connection: socket.socket, why: str) -> None:
    """Send the reason why the other side has ended; do not wait, because there may be no reader."""
    text = why.encode()[:_LONGEST_REASON]
    with suppress(OSError):
        connection.send(_LENGTH.pack(_REASON) + _LENGTH.pack(len(text)) + text, socket.MSG_DONTWAIT)


def receive(connection: socket.socket, seconds: float | None = None, largest: int = LARGEST_MESSAGE) -> bytes:
    """Return the next message.

    Raises:
        TimeoutError: if it has not arrived completely after `seconds`.
        ConnectionLost: if the other side has closed the connection; PeerExited if the reason is known.
        TooLarge: if it is longer than `largest`.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
    if length == _REASON:
        (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
        text = _exactly(connection, min(length, _LONGEST_REASON), deadline)
        raise PeerExited(text.decode(errors="replace"))
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
            raise ConnectionLost from error
        if not part:
            raise ConnectionLost
        parts.append(part)
        count -= len(part)
    if deadline is not None:
        connection.settimeout(None)
    return parts[0] if len(parts) == 1 else b"".join(parts)
