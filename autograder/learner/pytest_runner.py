"""Runs of pytest for a learner, each in a fork of a process that has imported what takes time."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from autograder.forkserver.handler import Child, Handler
from autograder.protocol import channel, messages

_WARM_UP = "import hypothesis.extra.numpy\n\ndef test_nothing():\n    pass\n"


class PytestHandler(Handler):
    """Runs pytest with the caller's rights: a learner's own code runs in each child, as usual."""

    def __init__(self, settings: dict[str, Any]):
        del settings
        with tempfile.TemporaryDirectory() as folder:
            suite = Path(folder, "test_warm_up.py")
            suite.write_text(_WARM_UP)
            # What is imported at the first run is there at the next. By pytest itself, which wants to be the
            # first to import plugins.
            arguments = ["-p", "no:cacheprovider", "-p", "autograder.learner.plugin", "-c", os.devnull]
            pytest.main([*arguments, "--rootdir", folder, str(suite)])

    def handle(self, child: Child) -> None:
        """Run pytest as the first message says, and send what it printed."""
        child.announce(os.getpid())
        job = messages.decode(channel.receive(child.connection), messages.PytestJob)
        output = child.folder / "output"
        descriptor = os.open(output, os.O_CREAT | os.O_WRONLY)
        for standard in (1, 2):
            os.dup2(descriptor, standard)
        os.chdir(job.folder)
        # As `python -m pytest` has it.
        sys.path.insert(0, job.folder)
        os.environ.update(job.environment)
        pytest.main(job.arguments)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        text = output.read_text(encoding="utf-8", errors="replace")
        channel.send(child.connection, messages.encode(messages.PytestOutput(text)))
