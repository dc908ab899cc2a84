"""What a candidate starts cannot take its neighbours' time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from autograder.course import read_course
from autograder.examiner.pool import ExaminerPool
from autograder.sandbox import Level
from autograder.sandbox.clock import cpu_seconds
from autograder.sandbox.priority import lower_priority
from tests.autograder.machine import SPIN, on_one_processor


def test_many_sessions_of_low_priority_leave_the_processor_to_others():
    with on_one_processor(*[SPIN] * 10) as others, on_one_processor(SPIN) as (neighbour,):
        pids = [neighbour.pid, *(one.pid for one in others)]
        lower_priority(pids[1:])
        before = [cpu_seconds(one) for one in pids]
        time.sleep(2)
        own, *rest = (cpu_seconds(one) - at for one, at in zip(pids, before, strict=True))
    assert own > 2 * sum(rest)


def test_a_candidate_keeps_its_priority_and_its_children_lose_theirs(course, tmp_path):
    suite = tmp_path / "test_doubling.py"
    suite.write_text("def test_says(doubling):\n    assert doubling.half(2) == 'nothing like it'\n")
    source = (
        "import os, time\n"
        "def half(number):\n"
        "    read, write = os.pipe()\n"
        "    if not os.fork():\n"
        "        os.setsid()\n"
        "        end = time.monotonic() + 60\n"
        "        while os.nice(0) < 19 and time.monotonic() < end:\n"
        "            time.sleep(0.01)\n"
        "        os.write(write, str(os.nice(0)).encode())\n"
        "        os._exit(0)\n"
        "    return os.nice(0), os.read(read, 9)\n"
    )
    given = read_course(course)
    for level in (Level.none, Level.namespaces):
        with ExaminerPool(course, given, level=level) as examiners:
            examination = examiners.examine({"doubling.py": source.encode()}, [suite])
        (result,) = examination.results.values()
        assert result.failure.came_back == f"({os.nice(0)}, b'19')"


def test_a_process_that_has_ended_is_passed_over():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not Path(f"/proc/{ended.pid}").exists()
    lower_priority([ended.pid])
