"""Serve a submission in the candidate's process: receive it as bytes, then answer requests until closed.

This code runs in the same process as untrusted code, so the examiner does not trust anything it sends: it reads
plain data and decides for itself.
"""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from autograder.candidate import Candidate, LimitExceeded
from autograder.candidate.stand_ins import StandIns
from autograder.course import Limits
from autograder.course.kit import PACKAGE
from autograder.forkserver.handler import Child, Handler
from autograder.protocol import channel, messages, plain
from autograder.protocol.channel import Ending
from autograder.protocol.lent import borrow
from autograder.sandbox import Level, limits, usage
from autograder.sandbox.cgroups import ControlGroups
from autograder.sandbox.isolation import Directories, Isolation
from autograder.sandbox.priority import lower_priority


class BoundedOutput(io.TextIOBase):
    """Standard output that discards the text, counts it, and stops the call at a limit."""

    def __init__(self, kib: int):
        self._left = kib * 1024
        self._kib = kib

    def write(self, text: str) -> int:
        """Count `text`.

        Raises:
            LimitExceeded: past the limit.
        """
        self._left -= len(text)
        if self._left < 0:
            raise LimitExceeded(f"printed more than {self._kib} KiB")
        return len(text)

    def writable(self) -> bool:
        """Return True: it accepts text."""
        return True


def forget_the_kit() -> None:
    """Remove the kit's folder from the search path: it contains suites and solutions."""
    hidden = (PACKAGE.parent, Path.cwd())
    sys.path[:] = [folder for folder in sys.path if folder and Path(folder).resolve() not in hidden]


class CandidateHandler(Handler):
    """Serves one submission in each child, isolated from everything else."""

    watches = True

    def __init__(self, settings: dict[str, Any]):
        forget_the_kit()
        self._limits = msgspec.convert(settings["limits"], Limits)
        self._level = Level(settings["level"])
        groups = settings["groups"]
        self._isolation = Isolation(
            self._level,
            self._limits,
            settings["first_user"],
            settings["first_processor"],
            [Path(folder) for folder in settings["open_folders"]],
            ControlGroups.from_settings(groups) if groups else None,
        )
        self._meter = usage.Meter(self._limits.open_files)

    def handle(self, child: Child) -> None:
        """Answer requests about the submission in the first message."""
        try:
            directories = self._isolation.enter(child.folder, child.slot, child.announce)
            start = messages.decode(channel.receive(child.connection), messages.CandidateStart)
            _move_in(directories, start, child.connection.fileno())
            memory = _borrow(child.connection)
            _lend_home(child.connection, directories.temporary)
            # From here on it cannot send open files.
            self._isolation.restrict(child.slot, directories.temporary)
        except OSError as error:
            channel.send(child.connection, messages.encode(messages.CandidateReady(failed=str(error))))
            return
        sys.stdout = sys.stderr = BoundedOutput(self._limits.output_kib)
        channel.send(child.connection, messages.encode(messages.CandidateReady()))
        given = {name: directories.submission / f"{name}.py" for name in start.given}
        stand_ins = StandIns(start.stand_ins, partial(_ask, child.connection)) if start.stand_ins else None
        candidate = Candidate(
            directories.submission, start.names, given, self._limits, self._level, memory, stand_ins
        )
        while True:
            try:
                request = channel.receive(child.connection)
            except channel.ConnectionLost:
                return
            try:
                reply = candidate.answer(request)
            except KeyboardInterrupt:
                reply = plain.pack({"raised": "KeyboardInterrupt", "bases": [], "text": ""})
            channel.send(child.connection, reply)

    def excess(self, process: int, slot: int, folder: Path) -> Ending | None:
        """Return the limit that a candidate and its descendants have exceeded together; lower their priority."""
        used = self._meter.usage(process)
        lower_priority(used.processes[1:])
        if used.threads > self._limits.processes:
            return Ending(f"stopped: {limits.too_many_processes(self._limits)}", costly=True)
        if self._isolation.has_groups and len(used.processes) > 1:
            # The kernel knows better than we do what several processes share.
            exceeds = self._isolation.ran_out_of_memory(slot)
        else:
            exceeds = self._meter.exceeds(used, self._limits.memory_mib * 2**20)
        if exceeds:
            return self._too_much_memory()
        if self._isolation.files_exceed(slot, folder, used.processes):
            return Ending(f"stopped: {limits.too_many_files(self._limits)}")
        return None

    def _too_much_memory(self) -> Ending:
        return Ending(f"stopped: {limits.too_much_memory(self._limits)}", costly=True)

    def last_words(self, status: int, cpu_seconds: float, slot: int) -> Ending:
        """Return the reason why a candidate ended: a signal or a limit."""
        if self._isolation.ran_out_of_memory(slot):
            return self._too_much_memory()
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            if number == signal.SIGKILL and cpu_seconds >= self._limits.submission_seconds:
                return Ending(f"stopped: used more than {self._limits.submission_seconds:g} s of CPU time")
            return Ending(f"the process ended during the call ({signal.Signals(number).name})")
        return Ending("the process ended during the call")

    def clean_up(self, slot: int) -> None:
        """End the processes and remove the files left by a candidate that runs as another user."""
        self._isolation.clean_up(slot)


def _ask(connection: socket.socket, question: bytes) -> bytes:
    """Return the examiner's answer to a question during a call."""
    channel.send(connection, question)
    return channel.receive(connection)


def _borrow(connection: socket.socket) -> memoryview:
    """Return the memory in which the examiner will lend arrays."""
    file = channel.receive_file(connection)
    memory = borrow(file)
    os.close(file)
    return memory


def _lend_home(connection: socket.socket, home: Path) -> None:
    """Let the examiner into the candidate's home folder."""
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    channel.send(connection, messages.encode(messages.CandidateReady(home=str(home))))
    channel.send_file(connection, folder)
    os.close(folder)


def _move_in(directories: Directories, start: messages.CandidateStart, connection: int) -> None:
    """Write the submission's files, and close everything that the server had open."""
    for name, content in start.files.items():
        path = directories.submission / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    # Close every file descriptor inherited from the server, also those we do not know about.
    os.closerange(3, connection)
    os.closerange(connection + 1, os.sysconf("SC_OPEN_MAX"))
    home = str(directories.temporary)
    os.environ.clear()
    os.environ.update(start.environment, HOME=home, TMPDIR=home)
    tempfile.tempdir = home
    os.chdir(home)
    sys.dont_write_bytecode = True
