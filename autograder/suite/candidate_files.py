"""The folders and files of a candidate, made, read and watched from outside, so that it can hide nothing.

A candidate may put anything there: no link is followed, and only regular files are read.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.files import remove_folder
from autograder.protocol.calls import (
    FileRequest,
    ListFiles,
    NewFolder,
    ReadChanges,
    ReadFile,
    WatchFiles,
    WriteFile,
)
from autograder.protocol.channel import LARGEST_REPLY
from autograder.sandbox.file_changes import FileChanges

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Without waiting for the other end of a pipe.
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_DEEPEST = 16
_MOST_FILES = 1000


class CandidateFiles:
    """Answers requests about the files in a candidate's home folder.

    Args:
        home: a file descriptor of the home folder.
        path: the path of the home folder, as the candidate sees it.
    """

    def __init__(self, home: int, path: str):
        self._home = home
        self._path = PurePosixPath(path)
        self._made: list[str] = []
        self._watched: FileChanges | None = None

    def answer(self, request: FileRequest) -> dict[str, Any]:
        """Return the reply to a request."""
        try:
            return {"value": self._value(request)}
        except OSError as error:
            return {"raised": "OSError", "bases": ["OSError"], "text": error.strerror or str(error)}

    def _value(self, request: FileRequest) -> Any:
        match request:
            case NewFolder():
                return self._new_folder()
            case ListFiles(folder):
                with self._opened(folder) as opened:
                    return dict(_sizes(opened, "", _DEEPEST))
            case ReadFile(path):
                with self._opened(os.path.dirname(path)) as opened:
                    return _read(opened, os.path.basename(path))
            case WriteFile(path, data):
                with self._opened(os.path.dirname(path), made=True) as opened:
                    self._write(opened, os.path.basename(path), data)
                return None
            case WatchFiles(folder):
                self._watch(folder)
                return None
            case ReadChanges():
                return self._read_changes()
        raise AssertionError("unreachable")

    def clear(self) -> None:
        """Remove the folders that were made, and stop watching."""
        self._stop_watching()
        for name in self._made:
            remove_folder(Path(f"/proc/self/fd/{self._home}", name))
        self._made.clear()

    def close(self) -> None:
        """Stop watching. The candidate ends with its files."""
        self._stop_watching()

    def _new_folder(self) -> str:
        name = f"workspace-{secrets.token_hex(4)}"
        self._make_folder(self._home, name)
        self._made.append(name)
        return str(self._path / name)

    def _make_folder(self, folder: int, name: str) -> None:
        os.mkdir(name, 0o700, dir_fd=folder)
        self._hand_over(os.open(name, _FOLDER, dir_fd=folder))

    def _hand_over(self, made: int) -> None:
        """Give what root has made to the candidate's user, and close it."""
        owner = os.fstat(self._home)
        with suppress(PermissionError):
            os.fchown(made, owner.st_uid, owner.st_gid)
        os.close(made)

    @contextmanager
    def _opened(self, path: str, made: bool = False) -> Iterator[int]:
        """Open a folder below the home folder, step by step, so that no link leads out of it.

        Args:
            path: as the candidate sees it.
            made: make missing folders.
        """
        opened = os.dup(self._home)
        try:
            for name in self._parts(path):
                if made:
                    with suppress(FileExistsError):
                        self._make_folder(opened, name)
                inner = os.open(name, _FOLDER, dir_fd=opened)
                os.close(opened)
                opened = inner
            yield opened
        finally:
            os.close(opened)

    def _parts(self, path: str) -> tuple[str, ...]:
        try:
            parts = PurePosixPath(path).relative_to(self._path).parts
        except ValueError:
            raise OSError(f"{path} is not in the home folder") from None
        if ".." in parts:
            raise OSError(f"{path} leaves its folder")
        return parts

    def _write(self, folder: int, name: str, data: bytes) -> None:
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _FILE, 0o600, dir_fd=folder)
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(file, left) :]
        finally:
            self._hand_over(file)

    def _watch(self, path: str) -> None:
        self._stop_watching()
        with self._opened(path) as opened:
            self._watched = FileChanges(opened)

    def _read_changes(self) -> list[list[str]]:
        if self._watched is None:
            raise OSError("no folder is watched")
        return self._watched.read()

    def _stop_watching(self) -> None:
        if self._watched:
            self._watched.close()
        self._watched = None


def _sizes(folder: int, above: str, depth: int) -> Iterator[tuple[str, int]]:
    """Yield the relative path and the size of every file in a folder, in order."""
    names = sorted(os.listdir(folder))
    if len(names) > _MOST_FILES or not depth:
        raise OSError("there are too many files")
    for name in names:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISDIR(found.st_mode):
            yield f"{above}{name}", found.st_size
            continue
        inner = os.open(name, _FOLDER, dir_fd=folder)
        try:
            yield from _sizes(inner, f"{above}{name}/", depth - 1)
        finally:
            os.close(inner)


def _read(folder: int, name: str) -> bytes:
    file = os.open(name, os.O_RDONLY | _FILE, dir_fd=folder)
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"{name} is not a file")
        if found.st_size > LARGEST_REPLY:
            raise OSError(f"{name} is too large")
        return os.pread(file, found.st_size, 0)
    finally:
        os.close(file)
