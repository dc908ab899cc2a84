"""Start a fork server (see `autograder.forkserver.server`), ask whether it lives, end it."""

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
        wrapper: the words before its command, such as a sandbox's.
        folder: where its address and its log are kept.
        environment: of the process.
        handler: the class that handles connections, as `autograder.examiner.run:ExaminerHandler`.
        settings: JSON, with the modules to import and what the handler wants.
        home: the folder in which it runs and from which it can import; by default, this process's own.

    Attributes:
        address: of the socket at which it forks a child for each connection.
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
        # A new address for each: a client that asks a former server must notice that it has ended.
        self.address = str(folder / f"{name}-{number}")
        self._log = folder / f"{name}-{number}.log"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.address)
        listener.listen(128)
        lifeline, self._lifeline = os.pipe()
        command = [*wrapper, sys.executable, "-m", "autograder.forkserver.server", handler]
        # What the libraries say while they load matters only when a server does not start.
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
        """The number of its process; of the sandbox around it, if there is one."""
        return self._process.pid

    def has_ended(self, seconds: float = 0.0) -> bool:
        """Tell whether it has ended, or does within that time."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def was_killed(self) -> bool:
        """Tell whether it was killed from outside: by the kernel, when memory ran out, or by an administrator."""
        # A sandbox around it ends with the second.
        return self._process.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)

    def end(self) -> None:
        """End it and all that it has started."""
        os.close(self._lifeline)
        self._process.wait()

    def last_words(self) -> str:
        """Return the last line that it printed, which is the reason of its end."""
        lines = self._log.read_text(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
