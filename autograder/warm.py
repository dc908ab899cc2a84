"""A warm parent: imports the slow libraries once, then forks a child for every connection.

Started as `python -m autograder.warm ROLE LISTENER LIFELINE MODULE...`: two inherited file descriptors, and
the modules to import. A child lives as long as its connection: when the other side closes it, the parent
kills the child and everything the child started; when the child ends, the parent closes the connection.
When the lifeline closes, because the grader has gone in whatever way, the parent kills all and ends.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

Serve = Callable[[socket.socket, Path], None]
"""What a child does with its connection and its temporary folder; it may never return."""


@dataclass(frozen=True)
class _Child:
    process: int
    connection: socket.socket
    folder: Path


class WarmParent:
    """Accepts connections, forks, kills and reaps."""

    def __init__(self, listener: socket.socket, lifeline: int, serve: Serve):
        self._listener = listener
        self._lifeline = lifeline
        self._serve = serve
        self._children: dict[int, _Child] = {}  # by the connection's file descriptor
        self._wakeup_read, self._wakeup_write = os.pipe()
        os.set_blocking(self._wakeup_read, False)
        os.set_blocking(self._wakeup_write, False)

    def run(self) -> None:
        """Serve until the lifeline closes."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # The grader handles Ctrl-C and lets go of the lifeline.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(self._wakeup_write)
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        poll.register(self._lifeline, select.POLLIN | select.POLLHUP)
        poll.register(self._wakeup_read, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == self._lifeline:
                    self._end()
                    return
                if descriptor == self._listener.fileno():
                    child = self._fork()
                    # No events asked for: only that the other side has hung up is reported.
                    poll.register(child.connection, 0)
                elif descriptor == self._wakeup_read:
                    with suppress(BlockingIOError):
                        os.read(self._wakeup_read, 4096)
                elif descriptor in self._children:
                    _kill(self._children[descriptor].process)
                    poll.modify(descriptor, 0)
            for descriptor in self._reap():
                poll.unregister(descriptor)
                self._children.pop(descriptor).connection.close()

    def _fork(self) -> _Child:
        connection, _ = self._listener.accept()
        folder = Path(tempfile.mkdtemp(prefix="autograder-"))
        process = os.fork()
        if process == 0:
            try:
                os.setsid()
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for other in (self._wakeup_read, self._wakeup_write, self._lifeline):
                    os.close(other)
                self._listener.close()
                for sibling in self._children.values():
                    sibling.connection.close()
                self._serve(connection, folder)
            finally:
                # Never back into the parent's loop, whatever happened.
                os._exit(0)
        child = _Child(process, connection, folder)
        self._children[connection.fileno()] = child
        return child

    def _reap(self) -> list[int]:
        """Collect the children that ended; return the descriptors of their connections."""
        ended = []
        for descriptor, child in self._children.items():
            reaped, _ = os.waitpid(child.process, os.WNOHANG)
            if reaped:
                # What it started and left behind.
                _kill(child.process)
                shutil.rmtree(child.folder, ignore_errors=True)
                ended.append(descriptor)
        return ended

    def _end(self) -> None:
        for child in self._children.values():
            _kill(child.process)
            os.waitpid(child.process, 0)
            shutil.rmtree(child.folder, ignore_errors=True)


def _kill(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    with suppress(ProcessLookupError, ChildProcessError):
        # Between the fork and its setsid a child has no group of its own yet.
        os.kill(group, signal.SIGKILL)


def main(role: str, listener: str, lifeline: str, *modules: str) -> None:
    """Be the warm parent of that role."""
    own = importlib.import_module(f"autograder.{role}_process")
    for module in modules:
        importlib.import_module(module)
    own.prepare()
    # Objects made so far are shared with every child; collecting garbage among them would copy them.
    gc.collect()
    gc.freeze()
    parent = WarmParent(socket.socket(fileno=int(listener)), int(lifeline), own.serve)
    parent.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
