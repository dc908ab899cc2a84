"""What the sandbox lacks is said in a learner's words; what is the learner's own mistake is not put down to it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from autograder.sandbox import Level, landlock
from autograder.sandbox.refusals import refusal
from tests.autograder.tiny import KIT

NETWORK = "the sandbox has no network"
SHARED_MEMORY = "the sandbox has no shared memory, which multiprocessing needs"
FILES = "the sandbox lets you use files only in tempfile.gettempdir()"

# Asks for everything behind the walls of the level `user`, as that user does.
ASKS = """
import json, multiprocessing, pathlib, socket, subprocess, sys, tempfile, urllib.request
from multiprocessing import shared_memory
from autograder.sandbox import Level, landlock, syscalls
from autograder.sandbox.refusals import refusal

def chained():
    try:
        socket.create_connection(("127.0.0.1", 80))
    except OSError as error:
        raise RuntimeError("no data") from error

def handled():
    try:
        socket.socket()
    except OSError:
        pass
    return {}["key"]

asks = {
    "socket": lambda: socket.socket(),
    "connection": lambda: socket.create_connection(("127.0.0.1", 80)),
    "address": lambda: urllib.request.urlopen("http://127.0.0.1/"),
    "chained": chained,
    "handled": handled,
    "queue": multiprocessing.Queue,
    "pool": lambda: multiprocessing.Pool(2),
    "shared": lambda: shared_memory.SharedMemory(create=True, size=8),
    "file": lambda: pathlib.Path(sys.argv[1], "file").write_text("text"),
    "own file": lambda: pathlib.Path(tempfile.gettempdir(), "file").write_text("text"),
    "missing file": lambda: open("no_such_file.csv"),
    "missing program": lambda: subprocess.run(["no_such_program"]),
    "pair": socket.socketpair,
}
tempfile.tempdir = sys.argv[2]
syscalls.give_up_privileges()
if landlock.works_here():
    landlock.write_only_below(pathlib.Path(tempfile.tempdir))
syscalls.SystemCallFilter().load()
said = {}
for name, ask in asks.items():
    try:
        ask()
        said[name] = "done"
    except Exception as error:
        said[name] = refusal(error, Level.user)
print(json.dumps(said))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")
def test_what_the_kernel_refuses_is_named(tmp_path):
    (tmp_path / "own").mkdir()
    finished = subprocess.run(
        [sys.executable, "-c", ASKS, tmp_path, tmp_path / "own"],
        cwd=KIT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    said = json.loads(finished.stdout)
    for name in ("socket", "connection", "address", "chained"):
        assert NETWORK in said[name], name
    assert {said[name] for name in ("handled", "missing file", "missing program")} == {""}
    assert said["own file"] == said["pair"] == "done"
    if landlock.works_here():
        assert said["file"] == FILES
        for name in ("queue", "pool", "shared"):
            assert SHARED_MEMORY in said[name], name


def raised(ask):
    with pytest.raises(FileNotFoundError) as caught:
        ask()
    return caught.value


def test_programs_lack_only_in_namespaces():
    error = raised(lambda: subprocess.run(["no_such_program"], check=False))
    assert "no programs but Python" in refusal(error, Level.namespaces)
    assert refusal(error, Level.user) == refusal(error, Level.none) == ""


def test_a_file_that_is_not_there_is_the_learners(tmp_path):
    error = raised((tmp_path / "data.csv").read_text)
    assert {refusal(error, level) for level in Level} == {""}


def test_a_chain_of_exceptions_may_be_a_ring():
    one, other = OSError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert refusal(one, Level.namespaces) == ""
