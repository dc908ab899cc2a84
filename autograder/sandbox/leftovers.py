"""What a candidate's user may leave on a machine without namespaces: processes, and files in folders open to everybody.

Where the kernel has Landlock, a candidate cannot write to such folders (see `landlock`).
"""

from __future__ import annotations

import os
import signal
import stat
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from autograder.files import remove_folder
from autograder.sandbox.other_user import REAL_USER_OF_KILLERS, Killed, run_as

# Kernel interfaces; nobody can make files in them.
_NO_FILES = ("/proc", "/sys")
# Longer than any disk takes that is not a network's.
_SEARCH_SECONDS = 120.0
# A killed process ends as soon as it returns from the kernel.
_END_SECONDS = 10.0


def clean_up(users: range, folders: Sequence[Path]) -> None:
    """End all processes of these users, and remove their files, after a fork server was killed."""
    for user in running_users(users):
        end_processes(user)
    remove_files(users, folders)


def end_processes(user: int) -> None:
    """End all processes of a user, and wait until they have ended."""
    deadline = time.monotonic() + _END_SECONDS
    while True:
        # Two such processes may kill each other: then try again.
        with suppress(Killed):
            run_as(user, _kill_all, REAL_USER_OF_KILLERS)
        if not running_users(range(user, user + 1)) or time.monotonic() > deadline:
            break
        time.sleep(0.001)


def _kill_all() -> str:
    with suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)  # all at once, so that none can fork in between
    return ""


def running_users(users: range) -> set[int]:
    """Return those of the users who have running processes."""
    found = set()
    for process in os.listdir("/proc"):
        if process.isdecimal():
            with suppress(OSError):
                user = os.stat(f"/proc/{process}").st_uid
                # An ended process whose parent has not asked for its status yet does nothing any more.
                if user in users and Path(f"/proc/{process}/stat").read_text().rpartition(")")[2][1] != "Z":
                    found.add(user)
    return found


def open_folders() -> list[Path]:
    """Return the folders on this machine that every user can reach and write to; root only.

    Raises:
        TimeoutError: if the search takes minutes.
    """
    found, waiting = [], ["/"]
    deadline = time.monotonic() + _SEARCH_SECONDS
    while waiting:
        folder = waiting.pop()
        if time.monotonic() > deadline:
            raise TimeoutError(f"it took more than {_SEARCH_SECONDS:g} s")
        with suppress(OSError):
            mode = os.stat(folder).st_mode
            if not mode & stat.S_IXOTH:
                continue
            if mode & stat.S_IWOTH:
                found.append(Path(folder))
            with os.scandir(folder) as entries:
                waiting += [
                    entry.path
                    for entry in entries
                    if entry.is_dir(follow_symlinks=False) and entry.path not in _NO_FILES
                ]
    return found


def remove_files(users: range, folders: Sequence[Path]) -> None:
    """Remove what these users have made in folders that everybody may write to."""
    for folder in folders:
        theirs: dict[int, list[Path]] = {}
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    owner = entry.stat(follow_symlinks=False).st_uid
                    if owner in users:
                        theirs.setdefault(owner, []).append(Path(entry.path))
        for owner, paths in theirs.items():
            # With their rights only: another user could put a link to a folder of root's there meanwhile.
            with suppress(OSError):
                run_as(owner, partial(_remove, paths))


def _remove(paths: list[Path]) -> str:
    for path in paths:
        with suppress(OSError):
            if stat.S_ISDIR(path.lstat().st_mode):
                path.chmod(0o700)
                remove_folder(path)
            else:
                path.unlink()
    return ""
