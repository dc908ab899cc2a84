"""Where a failure says to edit, and that it says the same in every run."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.suite.explain import definition_line, explain
from autograder.suite.transcript import Call, Transcript

SOURCE = """import math

def chain(images):
    def layer():
        pass

class Store:
    def get(self):
        pass

class Chain:
    layer = 1

    async def get(self):
        pass
"""


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("chain", 3),
        ("chain.<locals>.layer", 3),
        ("Store", 7),
        ("Store.get", 8),
        ("Chain.get", 14),
        ("Chain.nothing", 11),
        ("math", 1),
        ("", 3),
    ],
)
def test_definition_line(name, line):
    assert definition_line(SOURCE, name) == line


def test_a_failure_reads_the_same_in_every_run():
    """Folders have other names in another run, and generators lie elsewhere in memory."""
    one, other = "/tmp/workspace-x7a", "/tmp/workspace-q_2"
    transcript = Transcript(folders=[one, other])
    generator = np.random.default_rng(7)
    generator.normal(size=3)
    transcript.calls = [
        Call("checkpoints.save", (other, {}, generator), {}, outcome=f"{other}/step-1.npz"),
        Call("checkpoints.latest", (one,), {}, outcome=f"OSError: {one}: no such folder"),
    ]
    failure = explain(AssertionError(f"{one} is no answer"), transcript, "An idea.", "checkpoints")
    assert [f"{call} -> {call.outcome}" for call in failure.calls] == [
        "checkpoints.save('folder_2', {}, default_rng(7)) -> folder_2/step-1.npz",
        "checkpoints.latest('folder') -> OSError: folder: no such folder",
    ]
    assert failure.came_back == "OSError: folder: no such folder"
    assert failure.reason == "folder is no answer"
