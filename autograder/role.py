"""What differs between the two warm parents: what a child does, and what its parent does about it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Arrival:
    """What a child gets.

    Attributes:
        connection: to whoever asked for it.
        folder: an empty one, removed when the child ends.
        place: the smallest number, from 0, that no other child has.
        announce: must be told the child's process: it may have forked to enter namespaces.
    """

    connection: socket.socket
    folder: Path
    place: int
    announce: Callable[[int], None]


class Role:
    """What the children of a parent do, and what the parent does about them."""

    watches = False
    """Whether `excess` is asked about each child, ten times a second."""

    def __init__(self, settings: dict[str, Any]):
        """Prepare, in the parent, once the libraries are imported."""

    def serve(self, arrival: Arrival) -> None:
        """Be the child; it ends when this returns."""
        raise NotImplementedError

    def excess(self, process: int) -> str:
        """Return which limit a child is beyond, empty where beyond none."""
        raise NotImplementedError

    def last_words(self, status: int, cpu_seconds: float) -> str:
        """Return what to tell the other side of a child that ended by itself."""
        del status, cpu_seconds
        return "its process ended"

    def clean_up(self, place: int) -> None:
        """End and remove what the child at `place` may have left, beyond its process group and its folder."""
