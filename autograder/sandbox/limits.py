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
    lower(resource.RLIMIT_NPROC, others + limits.processes)


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


def limit_hit(error: BaseException, limits: Limits) -> str:
    """Return the limit that caused an exception; empty if none."""
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return f"used more than {mebibytes(limits.memory_mib)} of memory"
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOSPC, errno.EFBIG):
        return f"wrote more than {mebibytes(limits.files_mib)} of files"
    if number == errno.EMFILE:
        return f"opened more than {limits.open_files} files"
    if number == errno.EAGAIN or (isinstance(error, RuntimeError) and "start new thread" in str(error)):
        return f"started more than {limits.processes} processes and threads"
    return ""
