"""Start a warm parent (see `autograder.warm`), ask whether it lives, end it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


class Parent:
    """A warm parent's process, its address and its lifeline.

    Args:
        words: what stands before its command, such as a sandbox's.
        folder: where its address and its log are kept.
        environment: of the process.
        role: what its children do.
        settings: JSON, with the modules to import and what the role wants.
        home: the folder in which it runs and from which it can import; by default, where this process is.
    """

    def __init__(
        self,
        words: list[str],
        folder: Path,
        environment: dict[str, str],
        role: str,
        settings: str,
        home: Path | None = None,
    ):
        number = len(list(folder.glob(f"{role}-*.log")))
        # Each has an address of its own: who still asks a former one must hear that it has gone.
        self.address = str(folder / f"{role}-{number}")
        self._log = folder / f"{role}-{number}.log"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.address)
        listener.listen(128)
        lifeline, self._lifeline = os.pipe()
        command = [*words, sys.executable, "-m", "autograder.warm", role]
        # What the libraries say while they load is of interest only when a parent does not start.
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

    def has_ended(self, seconds: float = 0.0) -> bool:
        """Tell whether it has ended, or does within that time."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def was_killed(self) -> bool:
        """Tell whether somebody else has ended it: the kernel, for want of memory, or an administrator."""
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
