"""The handler of a fork server: the work of each child, and the server's part in it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Child:
    """A new child.

    Attributes:
        connection: to the process that asked for it.
        folder: an empty folder, removed when the child ends.
        slot: the smallest number, from 0, that no other living child has.
        announce: must be called with the child's process number: it may have forked to enter namespaces.
    """

    connection: socket.socket
    folder: Path
    slot: int
    announce: Callable[[int], None]


class Handler:
    """The work of a server's children, and what the server does about them."""

    watches = False
    """Whether the server asks `excess` about each child, ten times a second."""

    def __init__(self, settings: dict[str, Any]):
        """Prepare, in the server, once the libraries are imported."""

    def handle(self, child: Child) -> None:
        """Do the work, in the child, which ends when this returns."""
        raise NotImplementedError

    def excess(self, process: int) -> str:
        """Return the limit that a child has exceeded, empty if none."""
        raise NotImplementedError

    def last_words(self, status: int, cpu_seconds: float) -> str:
        """Return the reason that the other side gets for a child that ended by itself."""
        del status, cpu_seconds
        return "its process ended"

    def clean_up(self, slot: int) -> None:
        """End and remove what the child in a slot may have left, beyond its process group and its folder."""
