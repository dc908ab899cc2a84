"""The resources that a candidate and all that it started use, measured from outside, where nothing can be forged."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# Memory that is a process's own: what it wrote to, what it shares with its children, what was swapped out.
_OWN = ("RssAnon:", "RssShmem:", "VmSwap:")


def children_of(process: int) -> list[int]:
    """Return the living children of a process; none where the kernel does not tell."""
    found: list[int] = []
    with suppress(OSError):
        for task in os.listdir(f"/proc/{process}/task"):
            with suppress(OSError):
                found += map(int, Path(f"/proc/{process}/task/{task}/children").read_text().split())
    return found


def with_descendants(process: int) -> list[int]:
    """Return a process and all below it."""
    found = [process]
    for one in found:
        found += children_of(one)
    return found


def own_memory(process: int) -> int:
    """Return the bytes of memory that are a process's own, 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(_OWN))
