"""Runs of pytest in a fork of the pytest server: the same as in a new process, and nothing is left of them."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from autograder.course import read_course
from autograder.learner.pytest_process import SERVER_VARIABLE, run_pytest
from autograder.learner.pytest_server import PytestServer
from tests.autograder.machine import until
from tests.autograder.tiny import DOUBLING, KIT, write_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A course of its own for each test."""
    monkeypatch.setenv("PYTHONPATH", str(KIT))
    return write_course(tmp_path / "course")


@pytest.fixture
def server(course):
    """A pytest server for that course."""
    with PytestServer(course, read_course(course)) as server:
        server.prepare("doubling")
        yield server


def write(course: Path, source: str) -> None:
    (course / "exercises" / "doubling.py").write_text(source, encoding="utf-8")


def run(course: Path, **environment: str) -> str:
    """What pytest prints, but for how long it took."""
    printed = run_pytest(course, ["-q", "exercises/test_doubling.py"], environment)
    return re.sub(r"in [\d.]+s", "in a while", printed)


@pytest.mark.parametrize(
    "source", [DOUBLING, DOUBLING.replace("* 2", "* 3"), "def double(:\n", "raise OSError('no')\n"]
)
def test_it_prints_what_a_new_process_prints(course, server, monkeypatch, source):
    write(course, source)
    forked = run(course)
    monkeypatch.delenv(SERVER_VARIABLE)
    assert run(course) == forked


def test_each_run_sees_what_is_saved_and_nothing_of_the_run_before(course, server):
    for factor in (3, 2, 4, 2):
        write(course, DOUBLING.replace("* 2", f"* {factor}"))
        assert ("2 passed" in run(course)) == (factor == 2)


def test_what_is_asked_of_the_environment_is_there(course, server):
    write(course, "import os\nraise OSError(os.environ['ASKED'] + ' ' + os.getcwd())\n")
    assert f"yes {course}" in run(course, ASKED="yes")
    assert "ASKED" not in os.environ


def test_a_run_that_ends_its_process_runs_once_more_in_a_new_one(course, server, tmp_path):
    write(
        course,
        f"import os\nopen({str(tmp_path / 'runs')!r}, 'a').write('run\\n')\nprint('so')\nos._exit(3)\n",
    )
    run(course)
    assert (tmp_path / "runs").read_text() == "run\n" * 2


def test_without_the_server_a_new_process_runs_and_then_it_is_started_again(course, server):
    write(course, DOUBLING)
    former = os.environ[SERVER_VARIABLE]
    server._server._process.kill()
    server._server._process.wait()
    assert "2 passed" in run(course)
    server.prepare("doubling")
    assert os.environ[SERVER_VARIABLE] != former
    assert "2 passed" in run(course)


def test_one_server_serves_until_tensorflow_is_needed(course, server):
    former = os.environ[SERVER_VARIABLE]
    server.prepare("tallies")
    assert os.environ[SERVER_VARIABLE] == former
    write(course, "import tensorflow as tf\n")
    server.prepare("doubling")
    assert os.environ[SERVER_VARIABLE] != former


def test_nothing_is_left(course):
    with PytestServer(course, read_course(course)) as server:
        server.prepare("doubling")
        process, folder = server._server._process, server._address
        write(course, DOUBLING)
        run(course)
    assert process.returncode is not None
    assert not folder.exists()
    assert SERVER_VARIABLE not in os.environ
    assert until(lambda: not Path(f"/proc/{process.pid}").exists())
