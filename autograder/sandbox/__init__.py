"""The walls around a candidate: which there are, and what is said where they cannot be had.

`bubblewrap` shows the candidates' warm parent a file system with nothing of the course in it; `enclosure`
puts each candidate into namespaces, a user or limits of its own; `watch` looks at them from outside; `users`
checks that permissions keep a candidate's user out. `kernel` holds the system calls that Python lacks.
"""

from __future__ import annotations

from enum import Enum


class Level(str, Enum):
    """How strongly a candidate is enclosed."""

    namespaces = "namespaces"
    """Linux, no privileges: its own processes, file system and network, and all limits."""
    user = "user"
    """Linux, root only, for containers that allow no namespaces: a user of its own, and all limits."""
    none = "none"
    """The grader's own rights; time, memory, processes and output are limited."""


class Unavailable(Exception):
    """A level cannot be had on this machine; the text says what to install or to choose."""
