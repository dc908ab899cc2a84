"""Replay examples with other code: the solution or a known mistake."""

from __future__ import annotations

import hashlib
import math
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from autograder.diagnosis.comparison import Comparison, Replies
from autograder.diagnosis.examples import Example, Step, replaced
from autograder.protocol import plain
from autograder.protocol.calls import NewFolder
from autograder.suite.proxy import CannotAnswer, TimedOut

_Data = TypeVar("_Data")

# The number of an object that the example does not have.
_UNKNOWN = -1


class Expired(Exception):
    """The time for questions is over."""


class Replay:
    """Code that gets the same requests as a submission.

    Args:
        name: a unique name of the code.
        ask: sends a request to a process that holds the code.
        cache: a folder for replies; None to cache none. Examples are deterministic, so many submissions fail with
            the same ones.
    """

    def __init__(self, name: str, ask: Callable[[bytes], bytes], cache: Path | None):
        self._name = name
        self._ask = ask
        self._cache = cache
        self._known: dict[Example, Replies] = {}
        self._answered: dict[Example, Example] = {}
        self._generators = 0
        self._end = math.inf

    @contextmanager
    def until(self, end: float) -> Iterator[None]:
        """Ask nothing more after that time, in seconds of `time.monotonic`: raise Expired instead."""
        self._end = end
        try:
            yield
        finally:
            self._end = math.inf

    def check_time(self) -> None:
        """Raise Expired if the time for questions is over."""
        if time.monotonic() > self._end:
            raise Expired

    def agrees(self, function: str, comparison: Comparison, example: Example) -> bool:
        """Return True if its answers for a function in an example agree with the submission's."""
        positions = example.positions(function)
        if not positions:
            return True
        replies = self.replies(example)
        return comparison([example.steps[at] for at in positions], [replies[at] for at in positions])

    def example(self, question: Example) -> Example:
        """Return a question with its answers."""
        pairs = zip(question.steps, self.replies(question), strict=True)
        if question not in self._answered:
            steps = [replace(step, reply=reply) for step, reply in pairs]
            self._answered[question] = Example(steps, question.seconds)
        return self._answered[question]

    def replies(self, example: Example) -> Replies:
        """Return its replies; None for each missing reply."""
        if example not in self._known:
            self._known[example] = self._replies(example)
        return self._known[example]

    def _replies(self, example: Example) -> Replies:
        def ask() -> Replies:
            replies = _Once(self._ask, self._generators, self.check_time).replies(example)
            self._generators += len(example.steps)
            return replies

        if self._cache is None:
            return ask()
        requests = plain.pack([step.message for step in example.steps])
        name = hashlib.sha256(self._name.encode() + b"\n" + requests).hexdigest()
        return cached(self._cache / name, ask)


class _Once:
    """One replay of one example.

    Args:
        ask: sends a request.
        first_generator: the first unused generator number.
        check_time: raises Expired if nothing more may be asked.
    """

    def __init__(self, ask: Callable[[bytes], bytes], first_generator: int, check_time: Callable[[], None]):
        self._ask = ask
        self._check_time = check_time
        self._first_generator = first_generator
        # Object numbers: from the example's to its own, and the other way round.
        self._numbers: dict[int, int] = {}
        self._counts: dict[int, int] = {}
        self._folders: dict[str, str] = {}

    def replies(self, example: Example) -> Replies:
        replies: Replies = []
        try:
            for step in example.steps:
                self._check_time()
                replies.append(self._reply(step))
        except TimedOut:
            # After one timeout, do not wait for this code again.
            replies += [None] * (len(example.steps) - len(replies))
        return replies

    def _reply(self, step: Step) -> dict[str, Any] | None:
        try:
            reply = plain.unpack(self._ask(plain.pack(plain.mapped(step.message, self._outward))))
        except TimedOut:
            raise
        except (CannotAnswer, LookupError, ValueError):
            return None
        if not isinstance(reply, dict):
            return None
        theirs, own = (step.reply or {}).get("value"), reply.get("value")
        if step.message["do"] == NewFolder.__name__:
            self._folders[str(theirs)] = str(own)
        self._pair(theirs, own)
        changed: dict[str, Any] = plain.mapped(reply, self._inward)
        return changed

    def _outward(self, leaf: Any) -> Any:
        if isinstance(leaf, plain.Handle):
            return replace(leaf, number=self._numbers[leaf.number])
        if isinstance(leaf, plain.GeneratorSeed):
            return replace(leaf, number=self._first_generator + leaf.number)
        return replaced(leaf, self._folders)

    def _inward(self, leaf: Any) -> Any:
        if isinstance(leaf, plain.Handle):
            return replace(leaf, number=self._counts.get(leaf.number, _UNKNOWN))
        return replaced(leaf, {own: theirs for theirs, own in self._folders.items()})

    def _pair(self, theirs: Any, own: Any) -> None:
        """Record which of its objects correspond to the submission's objects."""
        if isinstance(theirs, plain.Handle) and isinstance(own, plain.Handle):
            self._numbers[theirs.number] = own.number
            self._counts[own.number] = theirs.number
        elif type(theirs) in (list, tuple) and type(own) in (list, tuple):
            for one, other in zip(theirs, own, strict=False):
                self._pair(one, other)
        elif type(theirs) is dict and type(own) is dict:
            for key in theirs.keys() & own.keys():
                self._pair(theirs[key], own[key])


# Of all replies of a known mistake. They are ours, so they need no tighter limit.
_MOST_ITEMS = 10**8


def cached(file: Path, make: Callable[[], _Data]) -> _Data:
    """Return the plain data in a file; if the file does not exist yet, make the data and write it."""
    with suppress(OSError, ValueError):
        kept: _Data = plain.unpack(file.read_bytes(), most_items=_MOST_ITEMS)
        return kept
    made = make()
    # The write is atomic. If it fails, the data is made again next time.
    with suppress(OSError, plain.NotPlain):
        packed = plain.pack(made)
        file.parent.mkdir(exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=file.parent)
        with open(descriptor, "wb") as opened:
            opened.write(packed)
        os.replace(temporary, file)
    return made
