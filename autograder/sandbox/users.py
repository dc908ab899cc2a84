"""Unused user IDs for the candidates of a grader that runs as root.

At the level `user`, which does without namespaces, file permissions keep such a user out.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from autograder.sandbox import Unavailable
from autograder.sandbox.bubblewrap import visible
from autograder.sandbox.isolation import USERS

# User IDs that neither Debian nor systemd assigns, in blocks of as many as one grader may need.
FIRST_USER, LAST_USER = 60600, 61183
# Enough to find a readable folder; checking a whole class would take too long.
_MOST_FILES = 2000
_NONE = "no problem"


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

    A process that becomes such a user tries it.

    Raises:
        Unavailable: if the permissions are wrong.
    """
    folders = visible()
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            os.write(write_end, _problem(folders, hidden).encode())
        except OSError as error:
            os.write(
                write_end, f"--sandbox user: {error}: choose --sandbox none, or another machine".encode()
            )
        finally:
            os._exit(0)
    os.close(write_end)
    with open(read_end, encoding="utf-8") as file:
        problem = file.read()
    os.waitpid(process, 0)
    if problem != _NONE:
        raise Unavailable(problem or "--sandbox user: the check as another user failed")


def _problem(folders: list[Path], hidden: list[Path]) -> str:
    for folder in folders:
        if not os.access(folder, os.R_OK):
            return f"--sandbox user: a candidate's user cannot read {folder}: install Python where every user can read"
    if not os.access(temporary := tempfile.gettempdir(), os.X_OK):
        return f"--sandbox user: a candidate's user cannot enter {temporary}: set TMPDIR to a folder it can"
    for path in hidden:
        for file in islice(_below(path), _MOST_FILES):
            if os.access(file, os.R_OK):
                return f"--sandbox user: every user can read {file}: chmod -R go-rwx {path}"
    return _NONE


def _below(path: Path) -> Iterator[Path]:
    """Yield the files below a path, or the path itself if it is a file."""
    if os.path.isfile(path):  # unlike Path.is_file, it does not raise without permission
        yield path
    for folder, _, names in os.walk(path):
        yield from (Path(folder) / name for name in names)
