"""A candidate's time as on an idle machine, measured from outside so that it cannot be forged.

A busy machine must cost nobody a point. So a call is charged what its processes computed, and the time that they
slept, but not the time that they waited for a processor.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from autograder.sandbox import usage

# Waiting for a processor can be arranged, too, so a call is charged at least this part of the clock.
_LEAST_SHARE = 0.1
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Clock:
    """What a candidate and its descendants have been charged since this was made.

    Args:
        process: the process ID of the candidate.
    """

    def __init__(self, process: int):
        self._process = process
        self._cpu = cpu_seconds(process)
        self._waits = _waits(process)

    def computed(self) -> float:
        """Return the seconds of processor time."""
        return cpu_seconds(self._process) - self._cpu

    def charged(self, passed: float) -> float:
        """Return the seconds that count of those that `passed` by the clock.

        They are the processor time, or `passed` without the wait for a processor, whichever is more.
        """
        # A sum, because threads that work in turn wait in turn.
        waited = sum(now - self._waits.get(task, 0.0) for task, now in _waits(self._process).items())
        return max(self.computed(), passed - waited, _LEAST_SHARE * passed)


def cpu_seconds(process: int) -> float:
    """Return the processor time of a process and its descendants, also of those that have ended."""
    return sum(map(_cpu_seconds, usage.with_descendants(process)))


def _cpu_seconds(process: int) -> float:
    try:
        line = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return 0.0
    # The name in parentheses may contain anything. After it: state is field 3; utime, stime, cutime, cstime 14 to 17.
    fields = line.rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _waits(process: int) -> dict[str, float]:
    """Return how long each task waited for a processor, in seconds; empty if the kernel does not tell."""
    found = {}
    for one in usage.with_descendants(process):
        with suppress(OSError):
            for task in os.listdir(f"/proc/{one}/task"):
                with suppress(OSError, IndexError):
                    text = Path(f"/proc/{one}/task/{task}/schedstat").read_text()
                    found[task] = int(text.split()[1]) / 1e9
    return found
