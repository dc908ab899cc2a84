"""Control groups: what they stop, and that nothing of them is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import Limits
from autograder.sandbox import cgroups
from autograder.sandbox.cgroups import ControlGroups
from tests.autograder.machine import until
from tests.autograder.tiny import KIT

MIB = 2**20
LIMITS = Limits(memory_mib=16, files_mib=8, processes=4)
SLOT = 3


@pytest.fixture
def groups():
    with cgroups.reserved() as made:
        if made is None:
            pytest.skip("this machine lets us make no control groups")
        yield made
        assert until(lambda: not end_all(made))


def end_all(groups: ControlGroups) -> bool:
    """End the processes in the group; False if there are none."""
    processes = groups.folders["pids"] / f"candidate-{SLOT}" / "cgroup.procs"
    found = processes.read_text().split() if processes.exists() else []
    for process in found:
        os.kill(int(process), signal.SIGKILL)
    return bool(found)


def ended_in(groups: ControlGroups, source: str) -> int:
    """Run a program in a group, and return how it ended."""
    process = os.fork()
    if process == 0:
        try:
            groups.enter(SLOT, LIMITS, 0)
            os.execv(sys.executable, [sys.executable, "-c", source])
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


# 256 MiB in each way.
TAKES = {
    "own": "x = bytearray(2**28)",
    "shared": "import mmap; x = mmap.mmap(-1, 2**28); x.write(bytes(2**28)); x.madvise(mmap.MADV_DONTNEED)",
    "without a name": "import os; os.write(os.memfd_create('x'), bytes(2**28))",
    # Whose end it is the kernel chooses: the first child that ends was killed, or its parent is.
    "in children": "import os, time\nif all(os.fork() for _ in range(3)):\n    os._exit(os.wait()[1] != 0)\n"
    "x = bytearray(2**26)\ntime.sleep(60)",
}


@pytest.mark.parametrize("take", TAKES.values(), ids=TAKES)
def test_all_memory_counts(groups, take):
    assert ended_in(groups, f"{take}\nimport os; os._exit(0)") in (-signal.SIGKILL, 1)
    assert until(lambda: groups.ran_out_of_memory(SLOT))


def test_what_is_within_the_limits_runs(groups):
    assert ended_in(groups, "x = bytearray(2**23); import os; os.fork() or os._exit(0); os.wait()") == 0
    assert not groups.ran_out_of_memory(SLOT)


def test_processes_count(groups):
    source = "import os, time\nfor _ in range(40):\n    os.fork() or time.sleep(60)"
    # Python ends with 1 after an exception.
    assert ended_in(groups, source) == 1
    with pytest.raises(OSError, match="busy"):
        groups.remove(SLOT)

    assert until(lambda: not end_all(groups))
    groups.remove(SLOT, 10.0)
    assert not any(list(folder.glob("candidate-*")) for folder in groups.unique)


def test_the_next_candidate_in_a_slot_starts_anew(groups):
    assert ended_in(groups, "x = bytearray(2**28)") != 0
    assert groups.ran_out_of_memory(SLOT)
    assert ended_in(groups, "") == 0
    assert not groups.ran_out_of_memory(SLOT)


def test_nothing_is_left(groups):
    folders = groups.unique
    with cgroups.reserved() as others:
        assert others
        ended_in(others, "")
        assert set(folders).isdisjoint(others.unique)
        assert all(folder.is_dir() for folder in (*folders, *others.unique))
    assert not any(folder.exists() for folder in others.unique)
    assert all(folder.is_dir() for folder in folders)


def test_what_a_killed_grader_left_is_removed(groups):
    source = (
        "import os\n"
        "from autograder.course import Limits\n"
        "from autograder.sandbox import cgroups\n"
        "with cgroups.reserved() as groups:\n"
        "    if os.fork() == 0:\n"
        "        groups.enter(0, Limits(), 0)\n"
        "        os._exit(0)\n"
        "    os.wait()\n"
        "    print(*groups.unique, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    finished = subprocess.run([sys.executable, "-c", source], cwd=KIT, capture_output=True, text=True)
    left = [Path(word) for word in finished.stdout.split()]
    assert left, finished.stderr
    assert all((folder / "candidate-0").is_dir() for folder in left)
    with cgroups.reserved():
        assert not any(folder.exists() for folder in left)
    assert all(folder.is_dir() for folder in groups.unique)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_who_may_not_make_groups_goes_without():
    source = (
        "import os\n"
        "from autograder.sandbox import cgroups\n"
        "os.setuid(60598)\n"
        "with cgroups.reserved() as groups:\n    print(groups)\n"
    )
    words = [sys.executable, "-c", source]
    finished = subprocess.run(words, cwd=KIT, capture_output=True, text=True, check=False)
    assert finished.stdout == "None\n", finished.stderr
