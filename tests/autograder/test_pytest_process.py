"""Runs of pytest in a fork of a warm process: the same as in a new one, and nothing is left of them."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from autograder.course import read_course
from autograder.learner.warm_pytest import WarmPytest
from autograder.pytest_process import WARM_PARENT, run_pytest
from tests.autograder.conftest import DOUBLING, KIT, until, write_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A course of its own for each test."""
    monkeypatch.setenv("PYTHONPATH", str(KIT))
    return write_course(tmp_path / "course")


@pytest.fixture
def warm(course):
    """A warm parent for that course."""
    with WarmPytest(course, read_course(course)) as warm:
        warm.prepare("doubling")
        yield warm


def write(course: Path, source: str) -> None:
    (course / "exercises" / "doubling.py").write_text(source, encoding="utf-8")


def run(course: Path, **environment: str) -> str:
    """What pytest prints, but for how long it took."""
    printed = run_pytest(course, ["-q", "exercises/test_doubling.py"], environment)
    return re.sub(r"in [\d.]+s", "in a while", printed)


@pytest.mark.parametrize(
    "source", [DOUBLING, DOUBLING.replace("* 2", "* 3"), "def double(:\n", "raise OSError('no')\n"]
)
def test_it_prints_what_a_new_process_prints(course, warm, monkeypatch, source):
    write(course, source)
    forked = run(course)
    monkeypatch.delenv(WARM_PARENT)
    assert run(course) == forked


def test_each_run_sees_what_is_saved_and_nothing_of_the_run_before(course, warm):
    for factor in (3, 2, 4, 2):
        write(course, DOUBLING.replace("* 2", f"* {factor}"))
        assert ("2 passed" in run(course)) == (factor == 2)


def test_what_is_asked_of_the_environment_is_there(course, warm):
    write(course, "import os\nraise OSError(os.environ['ASKED'] + ' ' + os.getcwd())\n")
    assert f"yes {course}" in run(course, ASKED="yes")
    assert "ASKED" not in os.environ


def test_a_run_that_ends_its_process_runs_once_more_in_a_new_one(course, warm, tmp_path):
    write(
        course,
        f"import os\nopen({str(tmp_path / 'runs')!r}, 'a').write('run\\n')\nprint('so')\nos._exit(3)\n",
    )
    run(course)
    assert (tmp_path / "runs").read_text() == "run\n" * 2


def test_a_parent_that_has_gone_is_done_without_and_then_replaced(course, warm):
    write(course, DOUBLING)
    former = os.environ[WARM_PARENT]
    warm._parent._process.kill()
    warm._parent._process.wait()
    assert "2 passed" in run(course)
    warm.prepare("doubling")
    assert os.environ[WARM_PARENT] != former
    assert "2 passed" in run(course)


def test_one_parent_serves_until_tensorflow_is_needed(course, warm):
    former = os.environ[WARM_PARENT]
    warm.prepare("tallies")
    assert os.environ[WARM_PARENT] == former
    write(course, "import tensorflow as tf\n")
    warm.prepare("doubling")
    assert os.environ[WARM_PARENT] != former


def test_nothing_is_left(course):
    with WarmPytest(course, read_course(course)) as warm:
        warm.prepare("doubling")
        process, folder = warm._parent._process, warm._address
        write(course, DOUBLING)
        run(course)
    assert process.returncode is not None
    assert not folder.exists()
    assert WARM_PARENT not in os.environ
    assert until(lambda: not Path(f"/proc/{process.pid}").exists())
