"""What tests ask of the machine: to wait for something, to see processes, to open folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def until(condition: Callable[[], bool]) -> bool:
    """Wait for something that must come true soon."""
    end = time.monotonic() + 240
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


SPIN = "print(flush=True)\nwhile True: pass"


@contextmanager
def on_one_processor(*sources: str, processor: int | None = None) -> Iterator[list[subprocess.Popen[str]]]:
    """Run Python programs on one processor, each in a new session; wait until each has printed a line."""
    processor = min(os.sched_getaffinity(0)) if processor is None else processor
    command = ["taskset", "-c", str(processor), sys.executable, "-c"]
    started = [
        subprocess.Popen([*command, source], stdout=subprocess.PIPE, text=True, start_new_session=True)
        for source in sources
    ]
    try:
        for one in started:
            assert one.stdout
            one.stdout.readline()
        yield started
    finally:
        for one in started:
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.communicate()


def shell_where_all_can_read(folders: list[Path]) -> list[str]:
    """Return the words that run a command where every user can read `folders`, in whosever home they are."""
    words = ["bwrap", "--dev-bind", "/", "/"]
    closed = {
        next((above for above in reversed(folder.parents) if not above.stat().st_mode & 0o001), None)
        for folder in folders
    } - {None}
    for place in sorted(closed):
        words += ["--tmpfs", str(place), "--chmod", "0755", str(place)]
        for folder in folders:
            if folder.is_relative_to(place):
                for above in reversed(folder.parents):
                    if above.is_relative_to(place) and above != place:
                        words += ["--dir", str(above)]
                words += ["--ro-bind", str(folder), str(folder)]
    return [*words, "--"]
