"""Do something with only the rights of another user, in a process forked for it."""

from __future__ import annotations

import os
from collections.abc import Callable

# A real user ID that no process has: the other user's processes, if any, cannot send signals to ours.
_NOBODY_ELSE = 60599


def run_as(user: int, work: Callable[[], str]) -> str:
    """Return what `work` returns in a process with the rights of this user and group; root only.

    Raises:
        OSError: if the process cannot become this user, or `work` raises an OSError.
    """
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(_NOBODY_ELSE, user, _NOBODY_ELSE)
            _write(write_end, work())
            status = 0
        except OSError as error:
            _write(write_end, str(error))
        finally:
            os._exit(status)
    os.close(write_end)
    with open(read_end, encoding="utf-8", errors="surrogateescape") as file:
        text = file.read()
    _, ended = os.waitpid(process, 0)
    if ended:
        raise OSError(text or f"the process for user {user} ended")
    return text


def _write(descriptor: int, text: str) -> None:
    with open(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
