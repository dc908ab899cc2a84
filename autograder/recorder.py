"""What happened in a test: the calls that a failure shows, and the exchanges from which it is diagnosed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.expected import describe

# An example that exchanges more than this is not kept.
_LARGEST_EPISODE = 8 * 2**20


@dataclass
class Call:
    """One call of the submission: how it is written, and what became of it."""

    name: str
    args: tuple
    kwargs: dict[str, Any]
    outcome: str = ""
    context: str = ""
    where: tuple[str, int, str] | None = None
    drawn: np.ndarray | None = None
    """What came back, where it is random numbers: these are told by their distribution."""

    @property
    def text(self) -> str:
        """The call as a line of Python."""
        words = [describe(value, 70) for value in self.args]
        words += [f"{key}={describe(value, 70)}" for key, value in self.kwargs.items()]
        return f"{self.name}({', '.join(words)}){self.context}"


@dataclass(frozen=True)
class Exchange:
    """One request to the submission and its reply, both packed."""

    request: bytes
    reply: bytes
    seconds: float = 0.0

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.request) + len(self.reply)


# The exchanges of one example of a test, in their order.
Episode = tuple[Exchange, ...]


@dataclass
class Recorder:
    """What happened in the example that runs now, and what is kept of the former ones."""

    calls: list[Call] = field(default_factory=list)
    difference: tuple[str, str] | None = None
    """What was expected, and where the answer first differs."""
    called: set[str] = field(default_factory=set)
    """What was called in this test, in any example."""
    answered: set[str] = field(default_factory=set)
    """What returned a value in this test, rather than raise."""
    room: int = 0
    """How many bytes of exchanges may still be kept; none, where nothing is to be diagnosed."""
    most_episodes: int = 0
    """How many examples of each test are kept."""
    episodes: dict[str, list[Episode]] = field(default_factory=dict)
    """The first examples of each test, by the test's id."""
    failing: dict[str, Episode] = field(default_factory=dict)
    """The smallest failing example of each test that failed."""
    exchanges: list[Exchange] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    """The folders that were made for this example. Their names are a process's own."""
    _test: str = ""
    _size: int = 0

    def begin_test(self, test: str) -> None:
        """Keep what is worth it of the former test, and forget the rest; a new one begins."""
        self.clear()
        self.called.clear()
        self.answered.clear()
        self._test = test

    def clear(self) -> None:
        """Forget; a new example begins."""
        self._keep()
        self.calls.clear()
        self.exchanges = []
        self.folders.clear()
        self.difference = None
        self._size = 0

    def shown(self, text: str) -> str:
        """Return a text as a learner reads it, the same in every run: a folder is called `folder`."""
        for number, folder in enumerate(self.folders, 1):
            text = text.replace(folder, f"folder_{number}" if number > 1 else "folder")
        return text

    def exchanged(self, exchange: Exchange) -> None:
        """Take down one request and its reply."""
        self._size += exchange.size
        if self._size <= min(_LARGEST_EPISODE, self.room):
            self.exchanges.append(exchange)
        else:
            self.exchanges = []

    def failed(self) -> None:
        """Keep the example as the one by which this test failed."""
        if episode := self._episode():
            self.failing[self._test] = episode

    def _keep(self) -> None:
        kept = self.episodes.setdefault(self._test, [])
        if len(kept) < self.most_episodes and (episode := self._episode()):
            kept.append(episode)

    def _episode(self) -> Episode:
        """Return the exchanges of this example, if there is room to keep them."""
        size = sum(exchange.size for exchange in self.exchanges)
        if size > self.room:
            return ()
        self.room -= size
        return tuple(self.exchanges)
