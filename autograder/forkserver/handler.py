"""The handler of a fork server: the work of each child, and the related work of the server."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.protocol.channel import Ending


@dataclass(frozen=True)
class Child:
    """A new child.

    Attributes:
        connection: the connection to the client.
        folder: an empty folder, removed when the child ends.
        slot: the smallest number, from 0, that no other running child has.
        announce: must be called with the child's process ID, because it may fork again to enter namespaces.
    """

    connection: socket.socket
    folder: Path
    slot: int
    announce: Callable[[int], None]


class Handler:
    """The work of a server's children, and how the server manages them."""

    watches = False
    """True if the server calls `excess` for each child, ten times per second."""

    def __init__(self, settings: dict[str, Any]):
        """Prepare the server after the libraries are imported."""

    def handle(self, child: Child) -> None:
        """Do the work in the child; the child ends when this returns."""
        raise NotImplementedError

    def excess(self, process: int, slot: int, folder: Path) -> Ending | None:
        """Return how to end a child that has exceeded a limit; None if it has not.

        Args:
            process: the child's announced process ID.
            slot: the child's slot.
            folder: the child's folder.
        """
        raise NotImplementedError

    def last_words(self, status: int, cpu_seconds: float, slot: int) -> Ending:
        """Return what to send to the other side if a child ended by itself; called before `clean_up`.

        Args:
            status: the child's wait status.
            cpu_seconds: its processor time.
            slot: its slot.
        """
        del status, cpu_seconds, slot
        return Ending("the process ended")

    def clean_up(self, slot: int) -> None:
        """Clean up after the child in a slot, beyond its process group and its folder."""
