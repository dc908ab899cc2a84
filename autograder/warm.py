"""A warm parent: imports the slow libraries once, then forks a child for every connection.

Started as `python -m autograder.warm ROLE LISTENER LIFELINE SETTINGS`: two inherited file descriptors, and
JSON with the modules to import and whatever the role wants. A child lives as long as its connection: when the
other side closes it, the parent kills the child and everything the child started; when the child ends, the
parent says why and closes the connection. When the lifeline closes, because the grader has gone in whatever
way, the parent kills all, removes the folder that the settings name `scratch`, and ends.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder import channel
from autograder.role import Arrival, Role
from autograder.sandbox import kernel, watch

_LINUX = sys.platform == "linux"
# How often a role that watches its children looks at them.
_LOOK_MILLISECONDS = 100


@dataclass
class _Child:
    process: int
    place: int
    connection: socket.socket
    folder: Path
    excess: str = ""


class WarmParent:
    """Accepts connections, forks, watches, kills and reaps."""

    def __init__(self, listener: socket.socket, lifeline: int, role: Role):
        self._listener = listener
        self._lifeline = lifeline
        self._role = role
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
        if _LINUX:
            # What a child leaves behind comes to this process, which ends it.
            kernel.adopt_orphans()
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        poll.register(self._lifeline, select.POLLIN | select.POLLHUP)
        poll.register(self._wakeup_read, select.POLLIN)
        while True:
            look = self._role.watches and self._children
            for descriptor, _ in poll.poll(_LOOK_MILLISECONDS if look else None):
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
            if look:
                self._look()
            for descriptor in self._ended():
                poll.unregister(descriptor)
                self._bury(self._children.pop(descriptor))

    def _fork(self) -> _Child:
        connection, _ = self._listener.accept()
        folder = Path(tempfile.mkdtemp(prefix="autograder-"))
        taken = {child.place for child in self._children.values()}
        place = next(number for number in range(len(taken) + 1) if number not in taken)
        heard, told = os.pipe()
        process = os.fork()
        if process == 0:
            try:
                os.setsid()
                if _LINUX:
                    kernel.end_with_parent()
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for other in (self._wakeup_read, self._wakeup_write, self._lifeline, heard):
                    os.close(other)
                self._listener.close()
                for sibling in self._children.values():
                    sibling.connection.close()

                def announce(own: int) -> None:
                    os.write(told, str(own).encode())
                    os.close(told)

                self._role.serve(Arrival(connection, folder, place, announce))
            finally:
                # Never back into the parent's loop, whatever happened.
                os._exit(0)
        os.close(told)
        announced = os.read(heard, 20)  # nothing, where the child has ended before it could tell
        os.close(heard)
        if announced and int(announced) != process:
            # It went on in a namespace of its own, as another process; this one has ended.
            os.waitpid(process, 0)
            process = int(announced)
        child = _Child(process, place, connection, folder)
        self._children[connection.fileno()] = child
        return child

    def _look(self) -> None:
        self._end_strays()
        for child in self._children.values():
            child.excess = child.excess or self._role.excess(child.process)
            if child.excess:
                _kill(child.process)

    def _end_strays(self) -> None:
        """End the processes that a child has started and that have left its family."""
        known = {child.process for child in self._children.values()}
        for stray in set(watch.children_of(os.getpid())) - known:
            _kill(stray)
            os.waitpid(stray, 0)

    def _ended(self) -> list[int]:
        """Return the descriptors of the children that ended, which are not collected yet."""
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return [
            descriptor
            for descriptor, child in self._children.items()
            if os.waitid(os.P_PID, child.process, options)
        ]

    def _bury(self, child: _Child) -> None:
        # First what is left in its group: once it is collected, the number may be somebody else's.
        _kill(child.process)
        _, status, usage = os.wait4(child.process, 0)
        self._role.clean_up(child.place)
        self._end_strays()
        words = child.excess or self._role.last_words(status, usage.ru_utime + usage.ru_stime)
        channel.say_goodbye(child.connection, words)
        child.connection.close()
        shutil.rmtree(child.folder, ignore_errors=True)

    def _end(self) -> None:
        for child in self._children.values():
            _kill(child.process)
        for child in self._children.values():
            self._bury(child)


def _kill(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    with suppress(ProcessLookupError, ChildProcessError):
        # Between the fork and its setsid a child has no group of its own yet.
        os.kill(group, signal.SIGKILL)


def main(role: str, listener: str, lifeline: str, settings: str) -> None:
    """Be the warm parent of that role."""
    own = importlib.import_module(f"autograder.{role}_process")
    wanted = json.loads(settings)
    for module in wanted["modules"]:
        importlib.import_module(module)
    prepared = own.ROLE(wanted)
    # Objects made so far are shared with every child; collecting garbage among them would copy them.
    gc.collect()
    gc.freeze()
    WarmParent(socket.socket(fileno=int(listener)), int(lifeline), prepared).run()
    if "scratch" in wanted:
        shutil.rmtree(wanted["scratch"], ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
