"""Slots: a number for each grader of root on a machine, so that their candidates have different users.

A slot is a locked file in a folder that only root can enter, so no other user can take one.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from autograder.sandbox import Unavailable

# Only root can write to /run.
FOLDER = Path("/run/autograder")


@contextmanager
def reserved() -> Iterator[int]:
    """Reserve the lowest number that no other grader on this machine has, until the context ends; root only.

    If the grader is killed, the kernel frees its number.

    Raises:
        Unavailable: if the folder cannot be used.
    """
    try:
        FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = FOLDER.lstat()
        if status.st_uid != os.getuid() or status.st_mode & 0o077:
            raise Unavailable(f"{FOLDER}: other users can write to it: remove it")
        lock, number = _lock_first(FOLDER)
    except OSError as error:
        raise Unavailable(
            f"{FOLDER}: {error.strerror}: graders of root keep their locks there, so make {FOLDER.parent} writable "
            "for root, such as by mounting a tmpfs"
        ) from None
    try:
        yield number
    finally:
        os.close(lock)


def _lock_first(folder: Path) -> tuple[int, int]:
    for number in count():
        lock = os.open(folder / f"slot-{number}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        except BaseException:
            os.close(lock)
            raise
        return lock, number
    raise AssertionError("unreachable")


def first_processor() -> int:
    """Return the processor of a grader's first candidate, modulo the number of processors.

    Graders on one machine should start at different processors, also in containers, which do not see each other.
    """
    return os.stat("/proc/self/ns/net").st_ino + os.getpid()
