"""Processes that a candidate starts get the lowest priority, so that many of them do not slow down its neighbours."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_LOWEST = 19


def lower_priority(processes: Iterable[int]) -> None:
    """Give processes the lowest priority, within their session and among sessions.

    The kernel divides a processor among sessions first (`man 7 sched`, the autogroup feature), so without the second
    a process in a session of its own would get as much as all of a neighbour's.
    """
    for process in processes:
        with suppress(OSError):
            if os.getpriority(os.PRIO_PROCESS, process) < _LOWEST:
                for task in os.listdir(f"/proc/{process}/task"):
                    os.setpriority(os.PRIO_PROCESS, int(task), _LOWEST)
        with suppress(OSError):
            Path(f"/proc/{process}/autogroup").write_text(str(_LOWEST))
