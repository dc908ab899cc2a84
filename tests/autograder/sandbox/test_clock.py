"""What a process is charged: as on an idle machine, also on a busy one."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from autograder.sandbox.clock import Clock, cpu_seconds
from tests.autograder.machine import SPIN, on_one_processor


def charged(clock: Clock, seconds: float) -> tuple[float, float]:
    """What has been charged after some seconds, and how many passed."""
    begun = time.monotonic()
    time.sleep(seconds)
    passed = time.monotonic() - begun
    return clock.charged(passed), passed


def test_sleep_is_charged():
    with on_one_processor("import time; print(flush=True); time.sleep(99)") as (sleeper,):
        clock = Clock(sleeper.pid)
        count, passed = charged(clock, 0.5)
        assert count > 0.4 * passed  # it may wait for a processor once, when it goes to sleep
        assert clock.computed() < count / 2


def test_the_wait_for_a_processor_is_not_charged():
    """Of six processes on one processor each is charged about a sixth, not the clock."""
    with on_one_processor(*[SPIN] * 6) as spinning:
        count, passed = charged(Clock(spinning[0].pid), 2)
    assert count < 0.6 * passed


def test_what_its_children_compute_is_charged_to_all_of_them():
    forks = f"import os\nfor _ in range(5): os.fork() or exec({SPIN!r})\n{SPIN}"
    with on_one_processor(forks) as (family,):
        clock = Clock(family.pid)
        charged(clock, 2)
        alone = Path(f"/proc/{family.pid}/schedstat").read_text().split()[0]
        # A sixth of the family's is its own.
        assert clock.computed() > 2 * int(alone) / 1e9 - 0.1


def test_a_process_that_has_ended_is_charged_by_the_clock():
    with on_one_processor("print(flush=True)") as (ended,):
        clock = Clock(ended.pid)
        ended.wait()
        assert clock.charged(5.0) == 5.0
        assert cpu_seconds(ended.pid) == 0.0


@pytest.mark.parametrize("name", ["a b", "a) R 1 1"])
def test_a_process_may_have_any_name(name, tmp_path):
    program = tmp_path / name
    program.symlink_to("/bin/sleep")
    with subprocess.Popen([program, "9"]) as sleeper:
        assert cpu_seconds(sleeper.pid) < 5
        sleeper.kill()
