"""The memory and the threads of a candidate and its descendants, measured from outside, so nothing can be forged.

What no process shows is refused instead (see `syscalls`): shared memory without a file, queues, semaphores. Files have
their own limit, also those in memory.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# A process's own memory: written pages, files in memory, swapped pages, page tables.
_OWN = ("RssAnon:", "RssShmem:", "VmSwap:", "VmPTE:")
# The same without page tables; what several processes share is divided between them.
_SHARES = ("Pss_Anon:", "Pss_Shmem:", "SwapPss:")
# To divide it, the kernel walks through all pages, which takes up to 0.1 s for each GiB. A walk ends after this time,
# and the next one waits this many times as long. Meanwhile, processes may have at most so many times the limit.
_WALK_SECONDS, _REST, _MOST_SHARED = 0.25, 10, 4


def children_of(process: int) -> list[int]:
    """Return the running children of a process; empty if the kernel does not list them."""
    found: list[int] = []
    with suppress(OSError):
        for task in os.listdir(f"/proc/{process}/task"):
            with suppress(OSError):
                found += map(int, Path(f"/proc/{process}/task/{task}/children").read_text().split())
    return found


def with_descendants(process: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [process]
    for one in found:
        found += children_of(one)
    return found


def own_memory(process: int) -> int:
    """Return a process's own memory in bytes; 0 if it has ended."""
    return _own(_numbers(f"/proc/{process}/status"))


def _numbers(file: str) -> dict[str, int]:
    """Return the numbers in a file of the kernel by their names; empty if the process has ended or hides them."""
    try:
        lines = [line.split() for line in Path(file).read_text().splitlines()]
    except OSError:
        return {}
    return {words[0]: int(words[1]) for words in lines if len(words) > 1 and words[1].isdigit()}


def _own(status: dict[str, int]) -> int:
    return sum(status.get(name, 0) for name in _OWN) * 1024


@dataclass(frozen=True)
class Usage:
    """What one candidate and its descendants use.

    Attributes:
        processes: their process IDs, the candidate's first.
        threads: the number of their threads.
        own: the sum of their own memory in bytes; what they share counts for each of them.
        buffers: the largest possible size in bytes of what waits in their sockets and pipes.
    """

    processes: list[int]
    threads: int
    own: int
    buffers: int


class Meter:
    """Measures candidates from their fork server, whose own memory they share and do not pay for.

    Args:
        open_files: the maximum number of open files of a process.
    """

    def __init__(self, open_files: int):
        self._open_files = open_files
        self._at_first = own_memory(os.getpid())
        one, other = socket.socketpair()
        # A socket accepts a message until its buffer is full, so it may hold more than its buffer.
        self._buffer = 2 * one.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        one.close()
        other.close()
        self._resting: dict[int, float] = {}

    def usage(self, process: int) -> Usage:
        """Return what a candidate and its descendants use."""
        family = with_descendants(process)
        found = {one: _numbers(f"/proc/{one}/status") for one in family}
        # One that has ended has no memory; it stays in the list until its parent has waited for it.
        alive = [one for one, status in found.items() if "VmPTE:" in status]
        return Usage(
            processes=family,
            threads=sum(status.get("Threads:", 0) for status in found.values()),
            own=sum(map(_own, found.values())),
            buffers=self._buffer * sum(map(self._descriptors, alive)),
        )

    def exceeds(self, usage: Usage, most: int) -> bool:
        """Return True if the memory used is more than `most` bytes.

        What costs little to read is an upper bound. Only if that is too much, what processes share is counted once.
        """
        if usage.own + usage.buffers - self._at_first <= most:
            return False
        candidate, *descendants = usage.processes
        if not descendants:
            return usage.own + self._buffer * _open_without_a_file(candidate) - self._at_first > most
        if usage.own - len(usage.processes) * self._at_first > _MOST_SHARED * most:
            return True
        begun = time.monotonic()
        if begun < self._resting.get(candidate, 0.0):
            return False
        found = -self._at_first
        for process in usage.processes:
            if time.monotonic() - begun < _WALK_SECONDS:
                found += self._exact(process)
            else:
                found += max(0, own_memory(process) - self._at_first)
        ended = time.monotonic()
        self._resting = {one: until for one, until in self._resting.items() if until > ended}
        self._resting[candidate] = ended + _REST * (ended - begun)
        return found > most

    def _descriptors(self, process: int) -> int:
        """Return how many descriptors a process may have."""
        folder = f"/proc/{process}/fd"
        try:
            # Before Linux 6.2, the size is always 0.
            return os.stat(folder).st_size or len(os.listdir(folder))
        except PermissionError:
            return self._open_files
        except OSError:
            return 0  # it has ended

    def _exact(self, process: int) -> int:
        """Return a process's memory, its share of what it shares, and its possible buffers."""
        status, shares = _numbers(f"/proc/{process}/status"), _numbers(f"/proc/{process}/smaps_rollup")
        if "VmPTE:" not in status:
            return 0  # it has ended
        if "Pss_Anon:" not in shares:
            return _own(status) + self._buffer * self._descriptors(process)
        pages = sum(shares.get(name, 0) for name in _SHARES) + status.get("VmPTE:", 0)
        return pages * 1024 + self._buffer * _open_without_a_file(process)


def _open_without_a_file(process: int) -> int:
    """Return how many sockets, pipes and the like a process has open."""
    count = 0
    with suppress(OSError):
        for descriptor in os.listdir(f"/proc/{process}/fd"):
            with suppress(OSError):
                count += not os.readlink(f"/proc/{process}/fd/{descriptor}").startswith("/")
    return count
