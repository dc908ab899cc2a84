"""Run pytest for a learner in a fork of a process that has already imported the slow libraries."""

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
            # Modules imported in the first run are loaded in the next. pytest imports them itself, because it
            # must be the first to import plugins.
            arguments = ["-p", "no:cacheprovider", "-p", "autograder.learner.plugin", "-c", os.devnull]
            pytest.main([*arguments, "--rootdir", folder, str(suite)])

    def handle(self, child: Child) -> None:
        """Run the pytest job in the first message and send its output."""
        child.announce(os.getpid())
        job = messages.decode(channel.receive(child.connection), messages.PytestJob)
        output = child.folder / "output"
        descriptor = os.open(output, os.O_CREAT | os.O_WRONLY)
        for standard in (1, 2):
            os.dup2(descriptor, standard)
        os.chdir(job.folder)
        # As with `python -m pytest`.
        sys.path.insert(0, job.folder)
        os.environ.update(job.environment)
        pytest.main(job.arguments)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        text = output.read_text(encoding="utf-8", errors="replace")
        channel.send(child.connection, messages.encode(messages.PytestOutput(text)))
