"""Examples of a test that can be replayed: requests and replies.

The numbers of objects and generators and the names of folders differ from process to process. Here they count from 0
in each example, so that an example is the same for every submission.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from autograder.protocol import plain
from autograder.protocol.calls import CallFunction, ListFiles, NewFolder, ReadChanges, WatchFiles
from autograder.suite.tape import Episode

# A longer episode is reduced to the calls of the last used object, then to its first exchanges.
_LONG_EPISODE = 200

# What stands for a folder's name.
_FOLDER_BEGINS = "<folder "
_FOLDER = _FOLDER_BEGINS + "{}>"


@dataclass(frozen=True)
class Step:
    """One request of an example, and its reply.

    Attributes:
        message: the request.
        reply: the reply; None if it cannot be read.
        function: the function that answers; for an object, its class.
        random: True if the answer depends on a random generator.
    """

    message: dict[str, Any]
    reply: dict[str, Any] | None
    function: str
    random: bool


@dataclass(frozen=True, eq=False)
class Example:
    """The steps of one episode, and the time the answers took."""

    steps: list[Step]
    seconds: float

    @property
    def functions(self) -> list[str]:
        """The functions that answer, in the order of their first answers."""
        return list(dict.fromkeys(step.function for step in self.steps if step.function))

    def positions(self, function: str) -> list[int]:
        """Return the positions of the steps that a function answers."""
        return [position for position, step in enumerate(self.steps) if step.function == function]

    def raises(self, function: str) -> bool:
        """Return True if a function raises in any of its answers."""
        return any("raised" in (step.reply or {}) for step in self.steps if step.function == function)


def read_example(episode: Episode) -> Example:
    """Return an episode as an example; shorten it if it is long."""
    exchanges = [(_read(exchange.request), _read(exchange.reply)) for exchange in episode]
    if len(exchanges) > _LONG_EPISODE:
        last = {handle.number for handle in handles(exchanges[-1])}
        exchanges = [pair for pair in exchanges if last & {handle.number for handle in handles(pair)}]
        exchanges = exchanges[:_LONG_EPISODE]
    counted = _Counted()
    owners: dict[int, tuple[str, bool]] = {}
    steps: list[Step] = []
    watched = 0
    for message, reply in exchanges:
        message["release"] = []
        if message["do"] == NewFolder.__name__:
            counted.add_folder(str(reply.get("value")))
        message, reply = counted.renamed(message), counted.renamed(reply)
        function, random = "", False
        if message["do"] == ListFiles.__name__:
            # The files in a folder belong to the answer of the previous call.
            function = steps[-1].function if steps else ""
        elif message["do"] == WatchFiles.__name__:
            watched = len(steps) + 1
        elif message["do"] == ReadChanges.__name__:
            # The changes are those of the first call that was watched.
            function = steps[watched].function if watched < len(steps) else ""
        elif "handle" in message:
            function, random = owners.get(message["handle"].number, ("", False))
        elif message["do"] == CallFunction.__name__:
            function = message["name"]
        if any(isinstance(leaf, plain.GeneratorSeed) for leaf in plain.leaves(message)):
            random = True
        for handle in handles(reply):
            owners[handle.number] = (function, random)
        steps.append(Step(message, reply, function, random))
    return Example(steps, sum(exchange.seconds for exchange in episode))


class _Counted:
    """Numbers the objects, generators and folders of one example from 0."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[type, int], int] = {}
        self._folders: dict[str, str] = {}

    def add_folder(self, path: str) -> None:
        self._folders[path] = _FOLDER.format(len(self._folders))

    def renamed(self, message: dict[str, Any]) -> dict[str, Any]:
        renamed: dict[str, Any] = plain.mapped(message, self._leaf)
        return renamed

    def _leaf(self, leaf: Any) -> Any:
        if isinstance(leaf, (plain.Handle, plain.GeneratorSeed)):
            count = self._numbers.setdefault((type(leaf), leaf.number), len(self._numbers))
            return replace(leaf, number=count)
        return replaced(leaf, self._folders)


def is_in_a_folder(text: str) -> bool:
    """Return True if a text names a folder that a test made, or something in one."""
    return text.startswith(_FOLDER_BEGINS)


def _read(packed: bytes) -> dict[str, Any]:
    try:
        message = plain.unpack(packed)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def replaced(leaf: Any, words: dict[str, str]) -> Any:
    """Replace folder names in a text; return other values unchanged."""
    if isinstance(leaf, str):
        for old, new in words.items():
            leaf = leaf.replace(old, new)
    return leaf


def handles(value: Any) -> Iterator[plain.Handle]:
    """Yield the handles in plain data."""
    return (leaf for leaf in plain.leaves(value) if isinstance(leaf, plain.Handle))
