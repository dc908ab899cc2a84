"""What candidates use, measured from outside: what processes share counts once, what they copy counts each time."""

from __future__ import annotations

import os
import subprocess
import sys

from autograder.sandbox import usage
from tests.autograder.machine import until
from tests.autograder.tiny import KIT

# A fork server with 16 MiB, a candidate with 64 MiB of its own, and processes that the candidate starts; they may write
# to all of it.
FAMILY = """
import os, signal, sys, time
from autograder.sandbox.usage import Meter

MIB = 2**20
libraries = bytearray(16 * MIB)
meter = Meter(open_files=256)

def sleep():
    os.write(ready, b"x")
    time.sleep(60)

read, ready = os.pipe()
children, writes = map(int, sys.argv[1:3])
candidate = os.fork()
if candidate == 0:
    own = bytearray(b"x") * (64 * MIB)
    for _ in range(children):
        if os.fork() == 0:
            for block in (libraries, own) if writes else ():
                for place in range(0, len(block), 4096):
                    block[place] = 1
            sleep()
    sleep()
for _ in range(children + 1):
    os.read(read, 1)
found = meter.usage(candidate)
print(len(found.processes), found.threads, *(meter.exceeds(found, most * MIB) for most in map(int, sys.argv[3:])))
for process in found.processes:
    os.kill(process, signal.SIGKILL)
"""


def measured(*arguments: int) -> list[str]:
    """Return what the fork server found: processes, threads, and for each limit if it is exceeded."""
    words = [sys.executable, "-c", FAMILY, *map(str, arguments)]
    return subprocess.run(words, cwd=KIT, capture_output=True, text=True, check=True).stdout.split()


def test_all_descendants_are_seen():
    """A grandchild too, and what each has of memory of its own."""
    grandchild = "import subprocess, sys; subprocess.run(['sleep', '60'])"
    with subprocess.Popen([sys.executable, "-c", grandchild]) as child:
        try:
            assert until(lambda: len(usage.with_descendants(child.pid)) == 2)
            assert usage.own_memory(child.pid) > 2**20
        finally:
            for process in reversed(usage.with_descendants(child.pid)):
                os.kill(process, 9)
    assert usage.own_memory(child.pid) == 0


def test_the_libraries_are_free():
    assert measured(0, 0, 75, 55) == ["1", "1", "False", "True"]


def test_what_processes_share_counts_once():
    assert measured(2, 0, 130) == ["3", "3", "False"]


def test_what_processes_copy_counts_each_time():
    assert measured(2, 1, 130) == ["3", "3", "True"]


def test_processes_that_share_many_times_the_limit_are_charged_for_copies():
    assert measured(7, 0, 130) == ["8", "8", "False"]
    assert measured(11, 0, 130) == ["12", "12", "True"]


def test_a_process_that_has_ended_uses_nothing():
    process = subprocess.Popen(["true"])
    process.wait()
    found = usage.Meter(open_files=256).usage(process.pid)
    assert (found.threads, found.own, found.buffers) == (0, 0, 0)


def test_children_that_have_ended_use_no_buffers():
    """Nobody has waited for them, so the kernel still lists them; not everybody may look at what they have open."""
    source = (
        "import ctypes, os, time\n"
        "from autograder.sandbox.usage import Meter\n"
        "meter = Meter(open_files=1000)\n"
        "if os.getuid() == 0:\n    os.setgid(60598)\n    os.setuid(60598)\n"
        "ctypes.CDLL(None).prctl(4, 1)\n"  # otherwise nobody may look at this process either
        "before = meter.usage(os.getpid()).buffers\n"
        "for _ in range(8):\n    os.fork() or os._exit(0)\n"
        "time.sleep(1)\n"
        "after = meter.usage(os.getpid())\n"
        "print(len(after.processes), after.buffers - before)\n"
    )
    words = [sys.executable, "-c", source]
    finished = subprocess.run(words, cwd=KIT, capture_output=True, text=True, check=True)
    assert finished.stdout.split() == ["9", "0"]


def test_page_tables_count():
    """Reading one byte of every two megabytes needs no memory but for its table."""
    source = (
        "import mmap, time\n"
        "block = mmap.mmap(-1, 2**36, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)\n"
        "for place in range(0, 2**36, 2**21): block[place]\n"
        "print(flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            assert usage.own_memory(process.pid) > 2**27
        finally:
            process.kill()
