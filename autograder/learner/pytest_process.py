"""Run pytest in another process: a fork of the pytest server if one runs, otherwise a new process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from autograder.protocol import channel, messages

# The address of the fork server that runs pytest; child processes of pytest inherit it.
SERVER_VARIABLE = "AUTOGRADER_PYTEST_SERVER"


def run_pytest(folder: Path, arguments: list[str], environment: dict[str, str]) -> str:
    """Run pytest in a folder and return what it printed.

    Args:
        folder: its current directory.
        arguments: the command line arguments.
        environment: variables to add to the environment.
    """
    arguments = ["-p", "no:cacheprovider", *arguments]
    if address := os.environ.get(SERVER_VARIABLE):
        # If the server has ended, or the run ended its process, a new process shows more.
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
