"""Messages over a socket: a length, then that many bytes. The reader sets a deadline and a maximum size."""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

_LENGTH = struct.Struct(">I")
# A convolution's answer has kilobytes, so this stops only a flood.
LARGEST_REPLY = 16 * 2**20
LARGEST_MESSAGE = 512 * 2**20
# Sent instead of a length: how the other side has ended follows, as a length, 1 if it was costly, and the reason.
_ENDING = 2**32 - 1
_LONGEST_REASON = 1000


class ConnectionLost(ConnectionError):
    """The other side has closed the connection."""


@dataclass(frozen=True)
class Ending:
    """How a process ended.

    Attributes:
        reason: the reason, for people.
        costly: True if it had taken more memory or processes than allowed.
    """

    reason: str
    costly: bool = False


class PeerExited(ConnectionLost):
    """The other side has ended; the text is the reason, from its fork server.

    Attributes:
        costly: True if it had taken more memory or processes than allowed.
    """

    def __init__(self, ending: Ending):
        super().__init__(ending.reason)
        self.costly = ending.costly


class TooLarge(ConnectionError):
    """The other side announced a message above the size limit."""


def send(
    connection: socket.socket,
    message: bytes,
    seconds: float | None = None,
    more: Callable[[], float] = lambda: 0.0,
) -> None:
    """Send one message.

    Args:
        connection: the connection.
        message: what to send.
        seconds: how long to wait for a reader; None to wait forever.
        more: called when the time is up; returns how many seconds longer to wait.

    Raises:
        TimeoutError: if not all of it was read in time; the connection is then of no use any more.
        ConnectionLost: if the other side has closed the connection.
    """
    deadline = None if seconds is None else _Deadline(seconds, more)
    left = memoryview(_LENGTH.pack(len(message)) + message)
    try:
        while left:
            if deadline is not None:
                connection.settimeout(deadline.left())
            with suppress(TimeoutError):
                left = left[connection.send(left) :]
    except (BrokenPipeError, ConnectionResetError) as error:
        raise ConnectionLost from error
    if deadline is not None:
        connection.settimeout(None)


def send_file(connection: socket.socket, descriptor: int) -> None:
    """Send an open file or folder: the other side gets a new descriptor of it."""
    # At least one byte must go with it.
    socket.send_fds(connection, [b"\0"], [descriptor])


def receive_file(connection: socket.socket, seconds: float | None = None) -> int:
    """Return a descriptor of the file or folder that the other side has sent.

    Args:
        connection: the socket.
        seconds: the maximum time to wait.

    Raises:
        ConnectionLost: if the other side has closed the connection, or sent none.
        TimeoutError: after that many seconds.
    """
    connection.settimeout(seconds)
    try:
        _, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
    finally:
        connection.settimeout(None)
    if not descriptors:
        raise ConnectionLost
    os.set_inheritable(descriptors[0], False)
    return int(descriptors[0])


def send_ending(connection: socket.socket, ending: Ending) -> None:
    """Send how the other side has ended; do not wait, because there may be no reader."""
    text = bytes([ending.costly]) + ending.reason.encode()[:_LONGEST_REASON]
    with suppress(OSError):
        connection.send(_LENGTH.pack(_ENDING) + _LENGTH.pack(len(text)) + text, socket.MSG_DONTWAIT)


class _Deadline:
    """The time until which to wait; `more` moves it when it is reached."""

    def __init__(self, seconds: float, more: Callable[[], float]):
        self._end = time.monotonic() + seconds
        self._more = more

    def left(self) -> float:
        """Return the seconds left. Raises TimeoutError if there are none."""
        if (left := self._end - time.monotonic()) > 0:
            return left
        if (left := self._more()) <= 0:
            raise TimeoutError
        self._end = time.monotonic() + left
        return left


def receive(
    connection: socket.socket,
    seconds: float | None = None,
    largest: int = LARGEST_MESSAGE,
    more: Callable[[], float] = lambda: 0.0,
) -> bytes:
    """Return the next message.

    Args:
        connection: the connection.
        seconds: how long to wait for the whole message; None to wait forever.
        largest: the maximum size in bytes.
        more: called when the time is up; returns how many seconds longer to wait.

    Raises:
        TimeoutError: if it has not arrived completely in time.
        ConnectionLost: if the other side has closed the connection; PeerExited if the reason is known.
        TooLarge: if it is longer than `largest`.
    """
    deadline = None if seconds is None else _Deadline(seconds, more)
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
    if length == _ENDING:
        (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
        text = _exactly(connection, min(length, 1 + _LONGEST_REASON), deadline)
        raise PeerExited(Ending(text[1:].decode(errors="replace"), costly=text[:1] == b"\1"))
    if length > largest:
        raise TooLarge(f"a message of {length} bytes")
    return _exactly(connection, length, deadline)


def _exactly(connection: socket.socket, count: int, deadline: _Deadline | None) -> bytes:
    parts = []
    while count:
        if deadline is not None:
            connection.settimeout(deadline.left())
        try:
            part = connection.recv(min(count, 2**20))
        except TimeoutError:
            continue
        except ConnectionResetError as error:
            raise ConnectionLost from error
        if not part:
            raise ConnectionLost
        parts.append(part)
        count -= len(part)
    if deadline is not None:
        connection.settimeout(None)
    return parts[0] if len(parts) == 1 else b"".join(parts)
