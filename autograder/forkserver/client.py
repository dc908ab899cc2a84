"""Start a fork server (see `autograder.forkserver.server`), check if it runs, end it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


class ServerProcess:
    """A fork server's process, its address and its lifeline.

    Args:
        wrapper: a command to run it in, such as a sandbox.
        folder: the folder for its socket and its log.
        environment: the environment variables of the process.
        handler: the class that handles connections, such as `autograder.examiner.run:ExaminerHandler`.
        settings: JSON with the modules to import and the handler's settings.
        home: its current folder, from which it can import; by default that of this process.

    Attributes:
        address: the address of the socket; it forks a child for each connection.
    """

    def __init__(
        self,
        wrapper: list[str],
        folder: Path,
        environment: dict[str, str],
        handler: str,
        settings: str,
        home: Path | None = None,
    ):
        name = handler.rpartition(":")[2]
        number = len(list(folder.glob(f"{name}-*.log")))
        # Each server has a new address, so that clients of an ended server notice that it has ended.
        self.address = str(folder / f"{name}-{number}")
        self._log = folder / f"{name}-{number}.log"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.address)
        listener.listen(128)
        lifeline, self._lifeline = os.pipe()
        command = [*wrapper, sys.executable, "-m", "autograder.forkserver.server", handler]
        # The messages of the libraries matter only if a server does not start.
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, str(listener.fileno()), str(lifeline), settings],
                env=environment,
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(listener.fileno(), lifeline),
                start_new_session=True,
            )
        listener.close()
        os.close(lifeline)

    @property
    def pid(self) -> int:
        """The process ID of the server, or of the sandbox around it."""
        return self._process.pid

    def has_ended(self, seconds: float = 0.0) -> bool:
        """Return True if it has ended, or ends within this time."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def was_killed(self) -> bool:
        """Return True if it was killed from outside: by the kernel, when memory ran out, or by an administrator."""
        # With a sandbox around it, the exit code is the second one.
        return self._process.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)

    def end(self) -> None:
        """End it and all its children."""
        os.close(self._lifeline)
        self._process.wait()

    def last_words(self) -> str:
        """Return the last line of its log, which is the reason why it ended."""
        lines = self._log.read_text(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it printed nothing")
