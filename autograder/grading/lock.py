"""The lock on a results folder: only one grader at a time writes to it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder import UserError
from autograder.files import UNFINISHED


class FolderLocked(UserError):
    """Another grader is writing to the folder."""


@contextmanager
def sole_use(results: Path) -> Iterator[None]:
    """Lock a results folder against other graders until the context ends; create it if needed.

    Incomplete files from a killed grader are removed.

    Raises:
        FolderLocked: if another grader is at work.
        OSError: if the folder cannot be written to.
    """
    (results / "records").mkdir(parents=True, exist_ok=True)
    # The kernel releases the lock when this process ends, however it ends.
    with open(results / ".lock", "a", opener=_closed_to_others) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderLocked(
                f"{results}: another grader is using this folder: wait, or choose another --out"
            ) from None
        for unfinished in results.glob(f"**/{UNFINISHED}*"):
            unfinished.unlink(missing_ok=True)
        yield


def _closed_to_others(path: str, flags: int) -> int:
    """Open the lock such that only its owner and group can: who can open a file can lock it."""
    descriptor = os.open(path, flags, 0o660)
    with suppress(PermissionError):  # another instructor made it
        os.fchmod(descriptor, os.fstat(descriptor).st_mode & 0o770)
    return descriptor
