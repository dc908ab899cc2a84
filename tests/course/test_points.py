"""Points follow the idea: what an exercise teaches is worth more than the arguments that it refuses."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from autograder.course import read_course

# In percent of the weights of a hidden suite.
MOST_FOR_REFUSALS = 15

LIST_TESTS = """
import inspect, json, sys
import pytest
from autograder.suite.weights import weight_of


class Listing:
    def pytest_collection_finish(self, session):
        for item in session.items:
            source = inspect.getsource(item.obj)
            refuses = any(call in source for call in ("bad_input(", "pytest.raises(", "is_refused("))
            print("TEST", json.dumps([item.path.stem, item.name, weight_of(item), refuses]))


sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "tests/hidden"], plugins=[Listing()]))
"""


@pytest.fixture(scope="module")
def listed(pytestconfig):
    """List every hidden test: its exercise, name, weight, and whether it is about a refused argument."""
    done = subprocess.run(
        [sys.executable, "-c", LIST_TESTS], cwd=pytestconfig.rootpath, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("TEST ")]
    return [json.loads(line.removeprefix("TEST ")) for line in lines]


def test_refusals_are_worth_little(listed, pytestconfig):
    names = read_course(pytestconfig.rootpath).names
    shares = {}
    for name in names:
        own = [(weight, refuses) for stem, _, weight, refuses in listed if stem == f"test_{name}"]
        assert own, name
        shares[name] = (
            100 * sum(weight for weight, refuses in own if refuses) / sum(weight for weight, _ in own)
        )
    assert any(shares.values())
    assert {name: share for name, share in shares.items() if share > MOST_FOR_REFUSALS} == {}
