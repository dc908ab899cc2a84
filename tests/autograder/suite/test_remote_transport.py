"""Time: what a submission is charged on a busy machine, and what is asked once more."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack

import msgspec
import pytest

from autograder.course import Limits, read_course
from autograder.examiner.pool import ExaminerPool
from autograder.forkserver.connect import Connected
from autograder.protocol.calls import Load, pack_request
from autograder.protocol.lent import LentArrays
from autograder.protocol.messages import CandidateStart
from autograder.sandbox import Level
from autograder.suite import remote_transport
from autograder.suite.proxy import CannotAnswer
from tests.autograder.machine import SPIN, on_one_processor

SUITE = """
from autograder import same

def test_half(doubling):
    assert doubling.half(6) == same(3)
"""
COMPUTES = """
import time

def half(number):
    end = time.process_time() + 1.2
    while time.process_time() < end:
        pass
    return number // 2
"""
LIBRARY = """
import tensorflow as tf

def half(number):
    return tf.keras.utils.to_categorical([1], number).shape[1] // 2
"""


@pytest.fixture(params=[Level.none, Level.namespaces])
def reasons(course, tmp_path, request):
    """What is said of the one test of a submission, empty if it passes; a call may take 2 s."""

    def ask(source: str) -> str:
        suite = tmp_path / "test_doubling.py"
        suite.write_text(SUITE)
        given = read_course(course)
        limits = msgspec.structs.replace(given.limits, memory_mib=2048)  # for TensorFlow
        given = msgspec.structs.replace(given, limits=limits)
        with ExaminerPool(course, given, level=request.param) as examiners:
            examination = examiners.examine({"doubling.py": source.encode()}, [suite])
        (result,) = examination.results.values()
        return result.failure.reason if result.failure else ""

    return ask


def test_a_busy_machine_takes_no_time_from_a_submission(reasons):
    with ExitStack() as stack:
        for processor in os.sched_getaffinity(0):
            stack.enter_context(on_one_processor(*[SPIN] * 5, processor=processor))
        assert reasons(COMPUTES) == ""


def test_importing_a_library_is_not_the_submissions_time(reasons):
    assert reasons(LIBRARY) == ""


@pytest.mark.parametrize("reasons", [Level.none], indirect=True)
def test_what_slept_is_asked_once_more(reasons, tmp_path):
    """On a machine that is busy with its disk, for instance, a call sleeps that need not."""
    first = tmp_path / "asked"
    source = (
        "import pathlib, time\n"
        "def half(number):\n"
        f"    asked = pathlib.Path({str(first)!r})\n"
        "    times = len(asked.read_text()) if asked.exists() else 0\n"
        "    asked.write_text('x' * (times + 1))\n"
        "    time.sleep(60 * (times < {}))\n"
        "    return number // 2\n"
    )
    assert reasons(source.replace("{}", "1")) == ""
    first.unlink()
    assert reasons(source.replace("{}", "9")) == "stopped: no answer within 1 s"
    assert first.read_text() == "xx"


@pytest.mark.parametrize("reasons", [Level.none], indirect=True)
def test_an_import_that_slept_is_asked_once_more(reasons, tmp_path):
    first = tmp_path / "asked"
    source = (
        "import pathlib, time\n"
        f"asked = pathlib.Path({str(first)!r})\n"
        "if not asked.exists():\n"
        "    asked.touch()\n"
        "    time.sleep(60)\n"
        "def half(number):\n"
        "    return number // 2\n"
    )
    assert reasons(source) == ""


def test_candidates_that_end_while_they_import_leave_nothing_open(monkeypatch):
    def dead(*_: object) -> Connected:
        here, there = socket.socketpair()
        there.close()
        return Connected(here, os.getpid(), os.open("/", os.O_RDONLY), "/", LentArrays())

    monkeypatch.setattr(remote_transport, "start_candidate", dead)
    before = os.listdir("/proc/self/fd")
    transport = remote_transport.RemoteTransport("", CandidateStart({}, [], [], {}), Limits(), [])
    with pytest.raises(CannotAnswer, match="the process ended"):
        transport.ask(pack_request(Load("doubling")))
    transport.close()
    assert os.listdir("/proc/self/fd") == before
