"""Where a failure says to edit."""

from __future__ import annotations

import pytest

from autograder.feedback import definition_line

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
