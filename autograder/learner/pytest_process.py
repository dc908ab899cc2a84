"""Run pytest in another process: a fork of the pytest server if one runs, otherwise a new process."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from autograder.protocol import channel, messages

# The address of the fork server that runs pytest; child processes of pytest inherit it.
SERVER_VARIABLE = "AUTOGRADER_PYTEST_SERVER"


# How soon a run ends after it is cancelled.
_LOOK_SECONDS = 0.05


class Cancelled(Exception):
    """The run was cancelled; its process has ended."""


def run_pytest(
    folder: Path,
    arguments: list[str],
    environment: dict[str, str],
    cancel: threading.Event | None = None,
) -> str:
    """Run pytest in a folder and return what it printed.

    Args:
        folder: its current directory.
        arguments: the command line arguments.
        environment: variables to add to the environment.
        cancel: ends the run as soon as it is set.

    Raises:
        Cancelled: if it was.
    """
    arguments = ["-p", "no:cacheprovider", *arguments]
    cancel = cancel or threading.Event()
    if address := os.environ.get(SERVER_VARIABLE):
        # If the server has ended, or the run ended its process, a new process shows more.
        with suppress(OSError):
            return _run_forked(address, folder, arguments, environment, cancel)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    printed, _ = output_of(process, cancel)
    return printed


def output_of(process: subprocess.Popen[str], cancel: threading.Event) -> tuple[str, str]:
    """Return what a process writes to its standard output and its standard error, when it has ended.

    Raises:
        Cancelled: if `cancel` was set; the process is killed.
    """
    while True:
        try:
            return process.communicate(timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if cancel.is_set():
                process.kill()
                process.communicate()
                raise Cancelled from None


def _run_forked(
    address: str, folder: Path, arguments: list[str], environment: dict[str, str], cancel: threading.Event
) -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        own = {**environment, SERVER_VARIABLE: address}
        channel.send(connection, messages.encode(messages.PytestJob(str(folder), arguments, own)))
        while not select.select([connection], [], [], _LOOK_SECONDS)[0]:
            if cancel.is_set():
                raise Cancelled  # the server kills a process whose connection is closed
        return messages.decode(channel.receive(connection), messages.PytestOutput).text
