"""Lent arrays: they are in memory that a suite shares with a submission, so the suite sees if they change.

A submission could hide a change from our code in its own process, but not from the suite. If it copies its arguments
before it changes them, it does nothing wrong.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.protocol import plain

# For all arrays of a candidate: no byte is used twice, because a submission may keep an array. The arguments of all
# suites of our course together take 4 MiB. What does not fit is sent with the call.
_BYTES = 64 * 2**20
# TensorFlow takes an array that begins at such an address as it is.
_ALIGNMENT = 64


@dataclass(frozen=True)
class _Lent:
    """An array that was lent: its index in the request, its offset in the memory, and its bytes."""

    number: int
    offset: int
    content: bytes


class LentArrays:
    """The arrays that are lent to one candidate.

    Attributes:
        file: the shared memory, as a file descriptor.
    """

    def __init__(self) -> None:
        self.file = _shared_memory()
        self._used = 0
        self._request = b""
        self._count = 0
        self._lent: list[_Lent] = []

    def lend(self, request: bytes) -> bytes:
        """Return a packed request whose arrays are lent."""
        self._request, self._count = request, 0
        self._lent.clear()
        return plain.lend(request, self._store)

    def _store(self, content: bytes) -> int | None:
        """Write the next array to the shared memory and return its offset; None if it must be sent."""
        number, offset = self._count, self._used
        self._count += 1
        if not content or offset + len(content) > _BYTES:
            return None
        os.pwrite(self.file, content, offset)
        self._used += -(-len(content) // _ALIGNMENT) * _ALIGNMENT
        self._lent.append(_Lent(number, offset, content))
        return offset

    def with_changes(self, reply: bytes) -> bytes:
        """Return the packed reply to the last request; it names every argument that has an array that changed."""
        numbers = {
            lent.number
            for lent in self._lent
            if os.pread(self.file, len(lent.content), lent.offset) != lent.content
        }
        if not numbers:
            return reply
        try:
            message = plain.unpack(reply)
            reported = message.get("changed") or []
            changed = [label for number, label in enumerate(self._labels()) if number in numbers]
            return plain.pack({**message, "changed": list(dict.fromkeys([*changed, *reported]))})
        except (ValueError, TypeError, AttributeError):
            return reply  # it cannot be read, so it will be refused

    def _labels(self) -> Iterator[int | str]:
        """Yield, for each array of the last request, the position or the name of its argument."""
        message = plain.unpack(self._request)
        for label, value in (*enumerate(message["args"]), *message["kwargs"].items()):
            yield from (label for _ in _arrays(value))

    def close(self) -> None:
        """Free the memory; call it after the candidate has ended."""
        os.close(self.file)


def borrow(file: int) -> memoryview:
    """Return the shared memory, in the candidate."""
    return memoryview(mmap.mmap(file, _BYTES))


def _shared_memory() -> int:
    if sys.platform != "linux":
        with tempfile.TemporaryFile() as temporary:
            temporary.truncate(_BYTES)
            return os.dup(temporary.fileno())
    import fcntl

    file = os.memfd_create("lent", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(file, _BYTES)
    # Otherwise a submission could make it larger, which no limit counts.
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
    return file


def _arrays(value: Any) -> Iterator[Any]:
    """Yield the arrays in an argument, in the order in which they are packed."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _arrays(item)
    elif isinstance(value, dict):
        yield from _arrays(list(value.values()))
    elif isinstance(value, np.ndarray):
        yield value
