"""The resources used by a candidate and its descendants, measured from outside so that they cannot be forged."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# A process's own memory: written pages, memory shared with its children, swapped pages.
_OWN = ("RssAnon:", "RssShmem:", "VmSwap:")


def children_of(process: int) -> list[int]:
    """Return the running children of a process; empty if the kernel does not list them."""
    found: list[int] = []
    with suppress(OSError):
        for task in os.listdir(f"/proc/{process}/task"):
            with suppress(OSError):
                found += map(int, Path(f"/proc/{process}/task/{task}/children").read_text().split())
    return found


def with_descendants(process: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [process]
    for one in found:
        found += children_of(one)
    return found


def own_memory(process: int) -> int:
    """Return a process's own memory in bytes; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(_OWN))
