"""A fork server: imports the slow libraries once, then forks a child for every connection.

Started as `python -m autograder.forkserver.server HANDLER LISTENER LIFELINE SETTINGS`: the class that handles
connections, as `module:Class`; two inherited file descriptors; JSON with the modules to import and the handler's
settings. A child runs as long as its connection is open. If the other side closes it, the server kills the child and
the child's processes; if the child ends, the server sends the reason and closes the connection. If the lifeline
closes, because the grader has ended, the server kills all children, removes the folder `scratch` of the settings,
and exits.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from autograder.files import remove_folder
from autograder.forkserver.handler import Child, Handler
from autograder.protocol import channel
from autograder.sandbox import syscalls, usage

_LINUX = sys.platform == "linux"
# How often the children are checked, if the handler watches them.
_CHECK_MILLISECONDS = 100
# To remove as many takes long.
_MANY_FILES = 100


@dataclass
class _Running:
    process: int
    slot: int
    connection: socket.socket
    folder: Path
    excess: channel.Ending | None = None


class ForkServer:
    """Accepts connections, forks, watches, kills and reaps."""

    def __init__(self, listener: socket.socket, lifeline: int, handler: Handler):
        self._listener = listener
        self._lifeline = lifeline
        self._handler = handler
        self._children: dict[int, _Running] = {}  # by the connection's file descriptor
        self._removing: dict[subprocess.Popen[bytes], Path] = {}
        self._wakeup_read, self._wakeup_write = os.pipe()
        os.set_blocking(self._wakeup_read, False)
        os.set_blocking(self._wakeup_write, False)

    def run(self) -> None:
        """Serve until the lifeline closes."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # The grader handles Ctrl-C and closes the lifeline.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(self._wakeup_write)
        if _LINUX:
            # Orphans of a child become children of this process, which ends them.
            syscalls.adopt_orphans()
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        poll.register(self._lifeline, select.POLLIN | select.POLLHUP)
        poll.register(self._wakeup_read, select.POLLIN)
        while True:
            checks = self._handler.watches and self._children
            for descriptor, _ in poll.poll(_CHECK_MILLISECONDS if checks else None):
                if descriptor == self._lifeline:
                    self._end()
                    return
                if descriptor == self._listener.fileno():
                    child = self._fork()
                    # No events requested, so only a hang-up of the other side is reported.
                    poll.register(child.connection, 0)
                elif descriptor == self._wakeup_read:
                    with suppress(BlockingIOError):
                        os.read(self._wakeup_read, 4096)
                elif descriptor in self._children:
                    _kill(self._children[descriptor].process)
                    poll.modify(descriptor, 0)
            if checks:
                self._check_limits()
            for descriptor in self._ended():
                poll.unregister(descriptor)
                self._reap(self._children.pop(descriptor))

    def _fork(self) -> _Running:
        connection, _ = self._listener.accept()
        folder = Path(tempfile.mkdtemp(prefix="autograder-"))
        taken = {child.slot for child in self._children.values()}
        slot = next(number for number in range(len(taken) + 1) if number not in taken)
        read_end, write_end = os.pipe()
        process = os.fork()
        if process == 0:
            try:
                os.setsid()
                if _LINUX:
                    syscalls.end_with_parent()
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for other in (self._wakeup_read, self._wakeup_write, self._lifeline, read_end):
                    os.close(other)
                self._listener.close()
                for sibling in self._children.values():
                    sibling.connection.close()

                def announce(own: int) -> None:
                    os.write(write_end, str(own).encode())
                    os.close(write_end)

                self._handler.handle(Child(connection, folder, slot, announce))
            finally:
                # Never return to the server's loop.
                os._exit(0)
        os.close(write_end)
        announced = os.read(read_end, 20)  # empty if the child has ended before
        os.close(read_end)
        if announced and int(announced) != process:
            # The child continues as another process in a new namespace; this one has ended.
            os.waitpid(process, 0)
            process = int(announced)
        child = _Running(process, slot, connection, folder)
        self._children[connection.fileno()] = child
        return child

    def _check_limits(self) -> None:
        self._end_strays()
        for child in self._children.values():
            child.excess = child.excess or self._handler.excess(child.process, child.slot, child.folder)
            if child.excess:
                _kill(child.process)

    def _end_strays(self) -> None:
        """End the processes of a child that are no longer its descendants."""
        for process in [one for one in self._removing if one.poll() is not None]:
            # Also what it could not: folders without rights.
            remove_folder(self._removing.pop(process))
        known = {child.process for child in self._children.values()} | {one.pid for one in self._removing}
        for stray in set(usage.children_of(os.getpid())) - known:
            _kill(stray)
            os.waitpid(stray, 0)

    def _ended(self) -> list[int]:
        """Return the descriptors of the ended children that are not yet reaped."""
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return [
            descriptor
            for descriptor, child in self._children.items()
            if os.waitid(os.P_PID, child.process, options)
        ]

    def _reap(self, child: _Running) -> None:
        # First kill the rest of its group: after the wait, the process ID may be reused.
        _kill(child.process)
        _, status, usage = os.wait4(child.process, 0)
        ending = child.excess or self._handler.last_words(status, usage.ru_utime + usage.ru_stime, child.slot)
        self._handler.clean_up(child.slot)
        self._end_strays()
        channel.send_ending(child.connection, ending)
        child.connection.close()
        self._remove(child.folder)

    def _remove(self, folder: Path) -> None:
        if (
            sum(len(folders) + len(files) for _, folders, files in islice(os.walk(folder), _MANY_FILES))
            < _MANY_FILES
        ):
            remove_folder(folder)
        else:
            # By another process, so that nobody waits for it.
            self._removing[subprocess.Popen(["rm", "-rf", folder])] = folder

    def _end(self) -> None:
        for child in self._children.values():
            _kill(child.process)
        for child in self._children.values():
            self._reap(child)
        for process, folder in self._removing.items():
            process.wait()
            remove_folder(folder)


def _kill(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    with suppress(ProcessLookupError, ChildProcessError):
        # Between the fork and setsid a child is still in the server's group.
        os.kill(group, signal.SIGKILL)


def main(handler: str, listener: str, lifeline: str, settings: str) -> None:
    """Run a fork server until its lifeline closes."""
    module, _, name = handler.partition(":")
    kind: type[Handler] = getattr(importlib.import_module(module), name)
    wanted = json.loads(settings)
    for module in wanted["modules"]:
        importlib.import_module(module)
    prepared = kind(wanted)
    # Existing objects are shared with every child; garbage collection would copy them.
    gc.collect()
    gc.freeze()
    ForkServer(socket.socket(fileno=int(listener)), int(lifeline), prepared).run()
    if "scratch" in wanted:
        remove_folder(Path(wanted["scratch"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
