"""Run pytest in another process: a fork of the pytest server if one runs, otherwise a new process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from autograder.protocol import channel, messages

# The address of a fork server whose children run pytest; everything that pytest starts inherits it.
SERVER_VARIABLE = "AUTOGRADER_PYTEST_SERVER"


def run_pytest(folder: Path, arguments: list[str], environment: dict[str, str]) -> str:
    """Run pytest in a folder and return what it printed.

    Args:
        folder: its current directory.
        arguments: of its command line.
        environment: what is added to the environment.
    """
    arguments = ["-p", "no:cacheprovider", *arguments]
    if address := os.environ.get(SERVER_VARIABLE):
        # A server that has ended, or a run that ends its process: a new process shows more of it.
        with suppress(OSError):
            return _run_forked(address, folder, arguments, environment)
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


def _run_forked(address: str, folder: Path, arguments: list[str], environment: dict[str, str]) -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        own = {**environment, SERVER_VARIABLE: address}
        channel.send(connection, messages.encode(messages.PytestJob(str(folder), arguments, own)))
        return messages.decode(channel.receive(connection), messages.PytestOutput).text
