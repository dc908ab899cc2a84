"""The tape: the requests and replies of each test, used to diagnose wrong answers."""

from __future__ import annotations

from dataclasses import dataclass, field

# Larger examples are not kept.
_LARGEST_EPISODE = 8 * 2**20


@dataclass(frozen=True)
class Exchange:
    """One request to the submission and its reply, both packed, and the seconds it took."""

    request: bytes
    reply: bytes
    seconds: float = 0.0

    @property
    def size(self) -> int:
        """The length in bytes."""
        return len(self.request) + len(self.reply)


# The exchanges of one example of a test, in order.
Episode = tuple[Exchange, ...]


@dataclass
class Tape:
    """The exchanges of the current example, and the stored examples.

    Attributes:
        capacity: how many more bytes may be stored; 0 without diagnosis.
        most_episodes: how many examples of each test are stored.
        exchanges: the exchanges of the current example.
        episodes: the first examples of each test, by the test's id.
        failing: the smallest failing example of each failed test.
    """

    capacity: int = 0
    most_episodes: int = 0
    exchanges: list[Exchange] = field(default_factory=list)
    episodes: dict[str, list[Episode]] = field(default_factory=dict)
    failing: dict[str, Episode] = field(default_factory=dict)
    _test: str = ""
    _size: int = 0

    def begin_test(self, test: str) -> None:
        """Store the last example of the previous test, and start a new test."""
        self.begin_example()
        self._test = test

    def begin_example(self) -> None:
        """Store the previous example if examples are stored, and start a new one."""
        kept = self.episodes.setdefault(self._test, [])
        if len(kept) < self.most_episodes and (episode := self._episode()):
            kept.append(episode)
        self.exchanges = []
        self._size = 0

    def add(self, exchange: Exchange) -> None:
        """Record one request and its reply."""
        self._size += exchange.size
        if self._size <= min(_LARGEST_EPISODE, self.capacity):
            self.exchanges.append(exchange)
        else:
            self.exchanges = []

    def keep_failing(self) -> None:
        """Store the current example as the failing example of this test."""
        if episode := self._episode():
            self.failing[self._test] = episode

    def _episode(self) -> Episode:
        """Return the exchanges of this example; empty if they exceed the capacity."""
        size = sum(exchange.size for exchange in self.exchanges)
        if size > self.capacity:
            return ()
        self.capacity -= size
        return tuple(self.exchanges)
