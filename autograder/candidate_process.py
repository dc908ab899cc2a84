"""The candidate's process: takes a submission as bytes, then answers requests until it is closed.

Everything here runs beside a stranger's code, so nothing here is believed by the examiner: it reads plain
data and decides for itself.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from autograder import channel, plain
from autograder.candidate import Candidate, Stopped
from autograder.role import Arrival, Role
from autograder.sandbox import Level, limits, watch
from autograder.sandbox.enclosure import Enclosure, Rooms


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


def forget_the_kit() -> None:
    """Take the kit's folder out of the search path: it holds suites and solutions."""
    kit = Path(__file__).resolve().parent.parent
    sys.path[:] = [place for place in sys.path if place and Path(place).resolve() not in (kit, Path.cwd())]


class CandidateRole(Role):
    """Submissions, each behind walls of its own."""

    watches = True

    def __init__(self, settings: dict[str, Any]):
        forget_the_kit()
        self._limits: dict[str, Any] = settings["limits"]
        level, own = Level(settings["level"]), (settings["first_user"], settings["first_processor"])
        self._enclosure = Enclosure(level, self._limits, *own)
        # What the libraries hold already is not the submission's doing.
        self._memory_at_first = watch.own_memory(os.getpid())

    def serve(self, arrival: Arrival) -> None:
        """Answer requests about the submission that the first message holds."""
        try:
            rooms = self._enclosure.enter(arrival.folder, arrival.place, arrival.announce)
            first = plain.unpack(channel.receive(arrival.connection))
            _move_in(rooms, first["files"], first["environment"], arrival.connection.fileno())
            self._enclosure.seal(arrival.place)
        except OSError as error:
            channel.send(arrival.connection, plain.pack({"failed": str(error)}))
            return
        sys.stdout = sys.stderr = BoundedOutput(self._limits["output_kib"])
        channel.send(arrival.connection, plain.pack({}))
        candidate = Candidate(rooms.submission, first["names"], self._limits)
        while True:
            try:
                request = channel.receive(arrival.connection)
            except channel.Closed:
                return
            try:
                reply = candidate.answer(request)
            except KeyboardInterrupt:
                reply = plain.pack({"raised": "KeyboardInterrupt", "bases": [], "text": ""})
            channel.send(arrival.connection, reply)

    def excess(self, process: int) -> str:
        """Return which limit a candidate and all that it started are beyond, together."""
        family = watch.with_descendants(process)
        used = sum(max(0, watch.own_memory(one) - self._memory_at_first) for one in family)
        if used > self._limits["memory_mib"] * 2**20:
            return f"stopped: used more than {limits.mebibytes(self._limits['memory_mib'])} of memory"
        return ""

    def last_words(self, status: int, cpu_seconds: float) -> str:
        """Return how a candidate ended: which signal, or which limit."""
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            if number == signal.SIGKILL and cpu_seconds >= self._limits["submission_seconds"]:
                return f"stopped: used more than {self._limits['submission_seconds']:g} s of processor time"
            return f"its process ended in the middle of the call ({signal.Signals(number).name})"
        return "its process ended in the middle of the call"

    def clean_up(self, place: int) -> None:
        """End and remove what a candidate with a user of its own has left."""
        self._enclosure.clean_up(place)


ROLE = CandidateRole


def _move_in(rooms: Rooms, files: dict[str, bytes], environment: dict[str, str], connection: int) -> None:
    for name, content in files.items():
        path = rooms.submission / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    # Nothing that was open in the parent stays open here, known to us or not.
    os.closerange(3, connection)
    os.closerange(connection + 1, os.sysconf("SC_OPEN_MAX"))
    home = str(rooms.temporary)
    os.environ.clear()
    os.environ.update(environment, HOME=home, TMPDIR=home)
    tempfile.tempdir = home
    os.chdir(home)
    sys.dont_write_bytecode = True
