"""Runs of pytest for a learner, each in a fork of a process that has imported what takes time."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from autograder import channel, plain
from autograder.role import Arrival, Role

_WARM_UP = "import hypothesis.extra.numpy\n\ndef test_nothing():\n    pass\n"


class PytestRole(Role):
    """Runs of pytest with the caller's rights: in them a learner's own code runs, as ever."""

    def __init__(self, settings: dict[str, Any]):
        del settings
        with tempfile.TemporaryDirectory() as folder:
            suite = Path(folder, "test_warm_up.py")
            suite.write_text(_WARM_UP)
            # What is imported at the first run is there at the next. By pytest itself, which wants to be the
            # first to import plugins.
            arguments = ["-p", "no:cacheprovider", "-p", "autograder.plugin", "-c", os.devnull]
            pytest.main([*arguments, "--rootdir", folder, str(suite)])

    def serve(self, arrival: Arrival) -> None:
        """Run pytest as the first message says, and send what it printed."""
        arrival.announce(os.getpid())
        job = plain.unpack(channel.receive(arrival.connection))
        output = arrival.folder / "output"
        descriptor = os.open(output, os.O_CREAT | os.O_WRONLY)
        for standard in (1, 2):
            os.dup2(descriptor, standard)
        os.chdir(job["folder"])
        # As `python -m pytest` has it.
        sys.path.insert(0, job["folder"])
        os.environ.update(job["environment"])
        pytest.main(job["arguments"])
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        channel.send(arrival.connection, plain.pack(output.read_text(encoding="utf-8", errors="replace")))


ROLE = PytestRole
