"""The candidate's process: takes a submission as bytes, then answers requests until it is closed.

Everything here runs beside a stranger's code, so nothing here is believed by the examiner: it reads plain
data and decides for itself.
"""

from __future__ import annotations

import io
import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from autograder import channel, plain
from autograder.candidate import Candidate, Stopped


class BoundedOutput(io.TextIOBase):
    """Standard output that counts what is printed, throws it away, and stops the call at a limit."""

    def __init__(self, kib: int):
        self._left = kib * 1024
        self._kib = kib

    def write(self, text: str) -> int:
        """Count `text`.

        Raises:
            Stopped: past the limit.
        """
        self._left -= len(text)
        if self._left < 0:
            raise Stopped(f"printed more than {self._kib} KiB")
        return len(text)

    def writable(self) -> bool:
        """Return True: it takes text."""
        return True


def prepare() -> None:
    """Forget where the kit is: its folder holds suites and solutions, and a submission may import."""
    kit = Path(__file__).resolve().parent.parent
    sys.path[:] = [place for place in sys.path if place and Path(place).resolve() not in (kit, Path.cwd())]


def limit_resources(limits: dict[str, Any]) -> None:
    """Ask the kernel to hold this process and its children to the limits."""
    import resource  # POSIX only, as is grading

    def lower(what: int, value: int) -> None:
        _, hard = resource.getrlimit(what)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))

    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_CPU, int(limits["submission_seconds"]) + 1)
    lower(resource.RLIMIT_NPROC, _processes_of_this_user() + limits["processes"])
    status = Path("/proc/self/status")
    if status.exists():
        data = next(line for line in status.read_text().splitlines() if line.startswith("VmData"))
        # What the libraries hold already is not the submission's doing.
        lower(resource.RLIMIT_DATA, int(data.split()[1]) * 1024 + limits["memory_mib"] * 2**20)


def _processes_of_this_user() -> int:
    """Count this user's threads: the kernel's limit is for the user, not for the process."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.stat().st_uid == os.getuid():
                count += len(os.listdir(process / "task"))
        except OSError:
            continue  # it ended meanwhile
    return count


def serve(connection: socket.socket, folder: Path) -> None:
    """Answer requests about the submission that the first message holds."""
    first = plain.unpack(channel.receive(connection))
    for name, content in first["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    sys.stdout = sys.stderr = BoundedOutput(first["limits"]["output_kib"])
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    os.environ.clear()
    os.environ.update(first["environment"], HOME=str(temporary), TMPDIR=str(temporary))
    tempfile.tempdir = str(temporary)
    os.chdir(folder)
    sys.dont_write_bytecode = True
    limit_resources(first["limits"])
    candidate = Candidate(folder, first["names"])
    while True:
        try:
            request = channel.receive(connection)
        except channel.Closed:
            return
        try:
            reply = candidate.answer(request)
        except KeyboardInterrupt:
            reply = plain.pack({"raised": "KeyboardInterrupt", "bases": [], "text": ""})
        channel.send(connection, reply)
