"""Unused user IDs for the candidates of a grader that runs as root.

At the level `user`, which does without namespaces, file permissions keep such a user out.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from autograder.sandbox import Unavailable, landlock, leftovers
from autograder.sandbox.bubblewrap import visible
from autograder.sandbox.isolation import USERS
from autograder.sandbox.other_user import run_as

# User IDs that neither Debian nor systemd assigns, in blocks of as many as one grader may need.
FIRST_USER, LAST_USER = 60600, 61183
# Enough to find a readable folder; checking a whole class would take too long.
_MOST_FILES = 2000


def first_of(grader: int) -> int:
    """Return the first user ID of the block reserved for the grader with this number (see `slots.reserve`).

    Raises:
        Unavailable: if all blocks are taken.
    """
    first = FIRST_USER + grader * USERS
    if first + USERS - 1 > LAST_USER:
        raise Unavailable(
            f"all {(LAST_USER - FIRST_USER + 1) // USERS} blocks of sandbox users are taken by other graders on "
            "this machine: wait for one to finish"
        )
    return first


def check(hidden: list[Path], user: int) -> None:
    """Check that a candidate's user can read Python and no hidden file.

    Raises:
        Unavailable: if the permissions are wrong.
    """
    folders = visible()
    try:
        problem = run_as(user, lambda: _problem(folders, hidden))
    except OSError as error:
        problem = f"--sandbox user: {error}: choose --sandbox none, or another machine"
    if problem:
        raise Unavailable(problem)


def open_folders() -> list[Path]:
    """Return the folders in which a candidate could leave files; none where Landlock keeps it out of all of them.

    Raises:
        Unavailable: if they cannot be found.
    """
    if landlock.works_here():
        return []
    try:
        return leftovers.open_folders()
    except TimeoutError as error:
        raise Unavailable(
            f"--sandbox user: this kernel has no Landlock, and the search for folders that every user may write to "
            f"did not end ({error}): choose --sandbox none, or another machine"
        ) from None


def _problem(folders: list[Path], hidden: list[Path]) -> str:
    """Return what is wrong, as seen by this process's user; empty if nothing is."""
    for folder in folders:
        if not os.access(folder, os.R_OK, effective_ids=True):
            return f"--sandbox user: a candidate's user cannot read {folder}: install Python where every user can read"
    if not os.access(temporary := tempfile.gettempdir(), os.X_OK, effective_ids=True):
        return f"--sandbox user: a candidate's user cannot enter {temporary}: set TMPDIR to a folder it can"
    for path in hidden:
        for file in islice(_below(path), _MOST_FILES):
            if os.access(file, os.R_OK, effective_ids=True):
                return f"--sandbox user: every user can read {file}: chmod -R go-rwx {path}"
    return ""


def _below(path: Path) -> Iterator[Path]:
    """Yield the files below a path, or the path itself if it is a file."""
    if os.path.isfile(path):  # unlike Path.is_file, it does not raise without permission
        yield path
    for folder, _, names in os.walk(path):
        yield from (Path(folder) / name for name in names)
