"""The sandbox around a candidate, its levels, and the error if a machine does not provide one.

A new level is a `Level` here, what a candidate does in `isolation`, and what surrounds its fork server in
`examiner.servers`.

`bubblewrap` shows the candidates' fork server a file system with nothing of the course in it; `isolation` gives each
candidate its own namespaces, user and limits; `limits` names those; `cgroups` has the kernel count all that a candidate
uses, `usage` measures the memory of candidates from outside, `disk` their files; `users` checks that permissions keep a
candidate's user out, and `other_user` acts as such a user; `landlock` refuses writes outside a folder; `leftovers` ends
and removes what a candidate left; `slots` keeps graders on one machine apart; `syscalls` holds the system calls that
Python lacks, and refuses those that nobody needs.
"""

from __future__ import annotations

from enum import Enum

from autograder import UserError


class Level(str, Enum):
    """How strongly a candidate is isolated."""

    namespaces = "namespaces"
    """Linux, no privileges: its own processes, file system and network, and all limits."""
    user = "user"
    """Linux, root only, for containers that allow no namespaces: a separate user, and all limits."""
    none = "none"
    """The grader's own rights; time, memory, processes and output are limited."""


class Unavailable(UserError):
    """The machine does not provide a sandbox level; the text says what to install or choose."""
