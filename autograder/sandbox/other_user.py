"""Do something with only the rights of another user, in a process forked for it."""

from __future__ import annotations

import os
from collections.abc import Callable

# Real user IDs that no other process has, so that a sandbox user's processes cannot send signals to ours. `kill(-1)`
# also kills every process with the caller's real user ID, so its caller has another one.
_REAL_USER, REAL_USER_OF_KILLERS = 60598, 60599


class Killed(OSError):
    """The process was killed before it had finished."""


def run_as(user: int, work: Callable[[], str], real_user: int = _REAL_USER) -> str:
    """Return what `work` returns in a process with the rights of this user and group; root only.

    The process's real user ID is another one, see above.

    Raises:
        Killed: if it is killed.
        OSError: if the process cannot become this user, or `work` raises an OSError.
    """
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(real_user, user, real_user)
            _write(write_end, work())
            status = 0
        except OSError as error:
            _write(write_end, str(error))
        finally:
            os._exit(status)
    os.close(write_end)
    with open(read_end, encoding="utf-8", errors="surrogateescape") as file:
        text = file.read()
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        raise Killed(f"the process for user {user} was killed")
    if status:
        raise OSError(text or f"the process for user {user} ended")
    return text


def _write(descriptor: int, text: str) -> None:
    with open(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
