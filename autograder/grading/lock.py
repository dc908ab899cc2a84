"""The lock on a folder of results: one grader at a time writes to it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder import UserError
from autograder.files import UNFINISHED


class FolderLocked(UserError):
    """Another grader writes to the folder; the text says so."""


@contextmanager
def sole_use(results: Path) -> Iterator[None]:
    """Keep other graders out of a folder, which is made if needed, until the context ends.

    What a grader that was killed has left half written is removed.

    Raises:
        FolderLocked: if another one is at work.
        OSError: if the folder cannot be written to.
    """
    (results / "records").mkdir(parents=True, exist_ok=True)
    # The kernel lets go of it when this process ends, in whatever way.
    with (results / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderLocked(
                f"{results}: another autograder is grading into it: wait, or choose another --out"
            ) from None
        for unfinished in results.glob(f"**/{UNFINISHED}*"):
            unfinished.unlink(missing_ok=True)
        yield
