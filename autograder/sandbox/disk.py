"""The disk space of a candidate that writes to the machine's own file system, measured from outside.

Inside namespaces, the kernel limits the size of its file system instead.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

# As many files as the file system inside namespaces holds; folders as deep, paths as long and mappings as many as
# nobody needs.
_MOST_FILES, _DEEPEST, _LONGEST_PATH, _MOST_MAPPINGS = 10_000, 40, 2000, 10_000
# After a check, wait this many times as long before the next one: a candidate decides how long a check takes.
_REST = 5
# What an empty file or folder takes at least.
_SMALLEST = 4096


class _TooMany(Exception):
    """There are too many mappings, or folders in folders, to look at each."""


class FileMeter:
    """Measures the files of candidates.

    Args:
        shared: folders in which a candidate may write besides its own.
    """

    def __init__(self, shared: Sequence[Path]):
        self._shared = [folder for folder in shared if folder.is_dir()]
        self._resting: dict[Path, float] = {}

    def exceed(self, folder: Path, user: int, processes: list[int], most: int) -> bool:
        """Return True if a candidate's files take more than `most` bytes, or are too many.

        Args:
            folder: the candidate's own folder.
            user: the candidate's user.
            processes: the candidate and its descendants.
            most: the limit in bytes.
        """
        begun = time.monotonic()
        if begun < self._resting.get(folder, 0.0):
            return False
        exceeded = self._exceed(folder, user, processes, most)
        ended = time.monotonic()
        self._resting = {one: until for one, until in self._resting.items() if until > ended}
        self._resting[folder] = ended + _REST * (ended - begun)
        return exceeded

    def _exceed(self, folder: Path, user: int, processes: list[int], most: int) -> bool:
        seen: set[tuple[int, int]] = set()
        size = 0
        try:
            for found in self._files(folder, user, processes):
                # A file with several names counts once.
                if (found.st_dev, found.st_ino) not in seen:
                    seen.add((found.st_dev, found.st_ino))
                    size += max(found.st_blocks * 512, _SMALLEST)
                if size > most or len(seen) > _MOST_FILES:
                    return True
        except _TooMany:
            return True
        return False

    def _files(self, folder: Path, user: int, processes: list[int]) -> Iterator[os.stat_result]:
        for place in (folder, *self._shared):
            yield from _below(place, user)
        for process in processes:
            for path in (*_descriptors(process), *_deleted_mappings(process)):
                with suppress(OSError):
                    found = os.stat(path)
                    if stat.S_ISREG(found.st_mode) and found.st_uid == user and not found.st_nlink:
                        yield found


def _below(folder: Path, user: int) -> Iterator[os.stat_result]:
    """Yield what a user owns in a folder, and in the user's own folders below it."""
    folders = [(os.fspath(folder), 0)]
    while folders:
        path, depth = folders.pop()
        if depth > _DEEPEST or len(path) > _LONGEST_PATH:
            raise _TooMany
        with suppress(OSError), os.scandir(path) as entries:
            for entry in entries:
                found = entry.stat(follow_symlinks=False)
                if found.st_uid == user:
                    yield found
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((entry.path, depth + 1))


def _descriptors(process: int) -> Iterator[str]:
    with suppress(OSError):  # it has ended, or this container may not look
        for number in os.listdir(f"/proc/{process}/fd"):
            yield f"/proc/{process}/fd/{number}"


def _deleted_mappings(process: int) -> Iterator[str]:
    """Yield where the kernel shows the deleted files that a process has mapped."""
    with suppress(OSError):
        lines = Path(f"/proc/{process}/maps").read_bytes().splitlines()
        if len(lines) > _MOST_MAPPINGS:
            raise _TooMany
        for line in lines:
            if line.endswith(b" (deleted)"):
                first, last = line.split(maxsplit=1)[0].split(b"-")
                yield f"/proc/{process}/map_files/{int(first, 16):x}-{int(last, 16):x}"
