"""Run pytest in another process: a fork of a warm one where there is one, otherwise a new one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from autograder import channel, plain

# The address of a warm parent whose children run pytest, told to whatever pytest starts too.
WARM_PARENT = "AUTOGRADER_WARM_PYTEST"


def run_pytest(folder: Path, arguments: list[str], environment: dict[str, str]) -> str:
    """Run pytest in a folder and return what it printed.

    Args:
        folder: its current directory.
        arguments: of its command line.
        environment: what is added to the environment.
    """
    arguments = ["-p", "no:cacheprovider", *arguments]
    if address := os.environ.get(WARM_PARENT):
        # A parent that has gone, or a run that ends its process: a new process tells more of it.
        with suppress(OSError):
            return _run_warm(address, folder, arguments, environment)
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return finished.stdout


def _run_warm(address: str, folder: Path, arguments: list[str], environment: dict[str, str]) -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        own = {**environment, WARM_PARENT: address}
        job = {"folder": str(folder), "arguments": arguments, "environment": own}
        channel.send(connection, plain.pack(job))
        return plain.unpack(channel.receive(connection))
