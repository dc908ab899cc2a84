"""The changes of the files in a folder while a submission runs, from the kernel (inotify, Linux only).

A crash in the middle of a save leaves what is there at that moment. The submission cannot know that it is watched.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from contextlib import suppress

# sys/inotify.h
_WRITTEN, _CLOSED_AFTER_WRITING = 0x2, 0x8
_MOVED_AWAY, _MOVED_HERE, _CREATED, _DELETED = 0x40, 0x80, 0x100, 0x200
_FOLDER_DELETED, _FOLDER_MOVED, _OVERFLOW = 0x400, 0x800, 0x4000
_ALL = (
    *(_WRITTEN, _CLOSED_AFTER_WRITING, _MOVED_AWAY, _MOVED_HERE, _CREATED, _DELETED),
    *(_FOLDER_DELETED, _FOLDER_MOVED),
)
_EVENT = struct.Struct("iIII")  # watch, what happened, cookie, length of the name
_LARGEST_READ = 2**16

CREATED, WRITTEN, REMOVED, ARRIVED = "created", "written", "removed", "arrived"
_WORDS = {
    _WRITTEN: WRITTEN,
    _CLOSED_AFTER_WRITING: WRITTEN,
    _MOVED_AWAY: REMOVED,
    _DELETED: REMOVED,
    _CREATED: CREATED,
    _MOVED_HERE: ARRIVED,
}


class FileChanges:
    """The changes in one folder from now on.

    Args:
        folder: a file descriptor of the folder, which may be closed afterwards.

    Raises:
        OSError: if the kernel cannot watch it.
    """

    def __init__(self, folder: int):
        self._folder = os.dup(folder)
        self._before = {name: _open(folder, name) for name in os.listdir(folder)}
        self._contents = {name: _content(file) for name, file in self._before.items() if file is not None}
        try:
            self._events = _watch(folder)
        except OSError:
            self._close_folder()
            raise

    def read(self) -> list[list[str]]:
        """Return the changes in order: pairs of a word and the name of a file.

        The words are `created` and `written` for a file under this name, `arrived` for one that was renamed to it,
        `removed` for one that was deleted or renamed. Only files count that were there at first or are there now,
        because a file may be written under any name before it is renamed.
        """
        names = {*self._before, *os.listdir(self._folder)}
        changes: list[list[str]] = []
        for happened, name in self._new_events():
            if happened & _OVERFLOW:
                return [[WRITTEN, one] for one in sorted(names)]
            if happened & (_FOLDER_DELETED | _FOLDER_MOVED):
                changes += [[REMOVED, one] for one in sorted(self._before)]
            for flag, word in _WORDS.items():
                if happened & flag and name in names and changes[-1:] != [[word, name]]:
                    changes.append([word, name])
        # A file has other names if it has hard links, and can be changed in memory: what it held must still be there.
        other = [name for name, content in self._contents.items() if _content(self._before[name]) != content]
        return changes + [[WRITTEN, name] for name in sorted(other) if [WRITTEN, name] not in changes]

    def close(self) -> None:
        """Stop watching."""
        os.close(self._events)
        self._close_folder()

    def _new_events(self) -> list[tuple[int, str]]:
        """Return the events since the last read: flags, and the name of the file."""
        found = []
        with suppress(BlockingIOError):
            while data := os.read(self._events, _LARGEST_READ):
                at = 0
                while at < len(data):
                    _, happened, _, length = _EVENT.unpack_from(data, at)
                    name = data[at + _EVENT.size : at + _EVENT.size + length].rstrip(b"\0")
                    found.append((happened, os.fsdecode(name)))
                    at += _EVENT.size + length
        return found

    def _close_folder(self) -> None:
        for file in (self._folder, *self._before.values()):
            if file is not None:
                os.close(file)


def _watch(folder: int) -> int:
    """Return a file descriptor from which the folder's events can be read."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "inotify_init1"):
        raise OSError("files can be watched only on Linux")
    events = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    path = f"/proc/self/fd/{folder}".encode()
    if events < 0 or libc.inotify_add_watch(events, path, sum(_ALL)) < 0:
        number = ctypes.get_errno()
        if events >= 0:
            os.close(events)
        raise OSError(number, f"inotify: {os.strerror(number)}")
    return int(events)


def _open(folder: int, name: str) -> int | None:
    """Return a descriptor of a regular file; None for anything else."""
    with suppress(OSError):
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
        if stat.S_ISREG(os.fstat(file).st_mode):
            return file
        os.close(file)
    return None


def _content(file: int | None) -> bytes:
    return b"" if file is None else os.pread(file, os.fstat(file).st_size, 0)
