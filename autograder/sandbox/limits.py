"""The limits that the kernel holds a candidate to, and the name of one that was hit.

A call that hangs is another matter: `suite.remote_transport` waits for it, `forkserver.server` kills its process.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from autograder.course import Limits
from autograder.sandbox import Level

# Importing libraries is not the submission's time, but it must end.
LIBRARY_SECONDS = 120.0


def mebibytes(count: int) -> str:
    """Return `2 GiB` for 2048."""
    return f"{count} MiB" if count % 1024 else f"{count // 1024} GiB"


def limit_resources(limits: Limits, level: Level) -> None:
    """Make the kernel enforce the limits on this process and its children."""
    import resource  # POSIX only, as is grading

    def lower(what: int, value: int) -> None:
        _, hard = resource.getrlimit(what)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))

    lower(resource.RLIMIT_CORE, 0)
    # The examiner counts more exactly; this ends what the examiner no longer waits for.
    lower(resource.RLIMIT_CPU, int(limits.submission_seconds + LIBRARY_SECONDS) + 1)
    lower(resource.RLIMIT_FSIZE, limits.files_mib * 2**20)
    lower(resource.RLIMIT_NOFILE, limits.open_files)
    # Without namespaces or a separate user, the kernel counts all processes of the grader's user.
    others = _processes_of_this_user() if level is Level.none else 0
    # One more than allowed: the fork server ends a candidate that has it.
    lower(resource.RLIMIT_NPROC, others + limits.processes + 1)


def limit_memory(limits: Limits) -> None:
    """Limit the memory of each process to its current memory plus the limit."""
    import resource  # POSIX only, as is grading

    status = Path("/proc/self/status")
    if status.exists():
        data = next(line for line in status.read_text().splitlines() if line.startswith("VmData"))
        # The memory of the libraries does not count for the submission.
        most = int(data.split()[1]) * 1024 + limits.memory_mib * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _processes_of_this_user() -> int:
    """Count this user's threads, because the kernel's limit is per user, not per process."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.stat().st_uid == os.getuid():
                count += len(os.listdir(process / "task"))
        except OSError:
            continue  # it has ended
    return count


def is_costly(error: BaseException) -> bool:
    """Return True if an exception says that there is no more memory, or no further process."""
    return _is_memory(error) or _is_processes(error)


def _is_memory(error: BaseException) -> bool:
    return (
        isinstance(error, MemoryError)
        or type(error).__name__ == "ResourceExhaustedError"
        or _number(error) == errno.ENOMEM
    )


def _is_processes(error: BaseException) -> bool:
    no_thread = isinstance(error, RuntimeError) and "start new thread" in str(error)
    return no_thread or _number(error) == errno.EAGAIN


def _number(error: BaseException) -> int | None:
    return error.errno if isinstance(error, OSError) else None


def too_much_memory(limits: Limits) -> str:
    """Return what a candidate did that had more memory than allowed."""
    return f"used more than {mebibytes(limits.memory_mib)} of memory"


def too_many_processes(limits: Limits) -> str:
    """Return what a candidate did that had more processes than allowed."""
    return f"started more than {limits.processes} processes and threads"


def too_many_files(limits: Limits) -> str:
    """Return what a candidate did that had more files than allowed."""
    return f"wrote more than {mebibytes(limits.files_mib)} of files"


def limit_hit(error: BaseException, limits: Limits) -> str:
    """Return the limit that caused an exception; empty if none."""
    number = _number(error)
    if number == errno.ENOMEM:
        return f"asked for more than {mebibytes(limits.memory_mib)} of memory, or for shared memory"
    if _is_memory(error):
        return too_much_memory(limits)
    if number in (errno.ENOSPC, errno.EFBIG):
        return too_many_files(limits)
    if number == errno.EMFILE:
        return f"opened more than {limits.open_files} files"
    if _is_processes(error):
        return too_many_processes(limits)
    return ""
