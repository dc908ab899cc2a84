"""Processes that a candidate starts get the lowest priority, so that many of them do not slow down its neighbours."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_LOWEST = 19


def lower_priority(processes: Iterable[int]) -> None:
    """Give processes the lowest priority, and their sessions too.

    With autogroups (`man 7 sched`), Linux divides a processor among sessions first. So a process that starts a new
    session would get as much time as a whole neighbour, whatever its own priority.
    """
    for process in processes:
        with suppress(OSError):
            if os.getpriority(os.PRIO_PROCESS, process) < _LOWEST:
                for task in os.listdir(f"/proc/{process}/task"):
                    os.setpriority(os.PRIO_PROCESS, int(task), _LOWEST)
        with suppress(OSError):
            Path(f"/proc/{process}/autogroup").write_text(str(_LOWEST))
