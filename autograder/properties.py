"""How hypothesis runs in a suite: the same examples every time, and little spent on a wrong answer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograder import plain
from autograder.recorder import Call, Exchange, Recorder
from autograder.subject import Subject, Workspace

PROFILE = "autograder"
# Enough for the laws in these suites: every mistake in tests/mistakes is found well before.
_EXAMPLES = 50
# Once a failure is known, this many more examples may be spent on making it smaller. Counted, not timed:
# the same submission gets the same smallest example on any machine.
SHRINKING_EXAMPLES = 60


def load_profile() -> None:
    """Make hypothesis derive its examples instead of drawing them, and keep no database of failures."""
    from hypothesis import HealthCheck, Phase, settings  # not all suites need hypothesis

    settings.register_profile(
        PROFILE,
        max_examples=_EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        # The machine that grades may be slow; that is not the submission's fault.
        suppress_health_check=(HealthCheck.too_slow,),
    )
    settings.load_profile(PROFILE)


def is_property(function: object) -> bool:
    """Tell whether a test function is one that hypothesis calls with examples."""
    return getattr(function, "is_hypothesis_test", False)


class ShrinkingOver(BaseException):
    """The budget for smaller examples is spent. Not an `Exception`, so that it ends hypothesis' search."""


class Budget:
    """Watches one property: forgets the calls of the former example, counts, and ends shrinking.

    Args:
        recorder: of the calls.
        shrinking_examples: how many examples may be spent on making a failure smaller.

    Attributes:
        examples: how many examples ran to their end and passed.
    """

    def __init__(self, recorder: Recorder, shrinking_examples: int):
        self.recorder = recorder
        self.examples = 0
        self._left = shrinking_examples
        self._smallest: tuple[int, bytes] | None = None
        self._failure: Exception | None = None
        self._calls: list[Call] = []
        self._difference: tuple[str, str] | None = None
        self._exchanges: list[Exchange] = []

    def watch(self, test: Callable[..., None]) -> Callable[..., None]:
        """Return `test`, watched."""

        @functools.wraps(test)
        def watched(*args: Any, **kwargs: Any) -> None:
            if self._failure is not None:
                if not self._left:
                    raise ShrinkingOver
                self._left -= 1
            self.recorder.clear()
            try:
                test(*args, **kwargs)
            except Exception as failure:
                self._remember(failure, _key(kwargs))
                raise
            self.examples += 1

        return watched

    def _remember(self, failure: Exception, key: bytes) -> None:
        size = (len(key), key)
        if self._smallest is None or size <= self._smallest:
            self._smallest, self._failure = size, failure
            self._calls, self._difference = list(self.recorder.calls), self.recorder.difference
            self._exchanges = self.recorder.exchanges

    def smallest_failure(self) -> Exception:
        """Return the failure of the smallest example that ran, and make the recorder tell of it."""
        assert self._failure is not None
        self.recorder.calls[:], self.recorder.difference = self._calls, self._difference
        self.recorder.exchanges = self._exchanges
        return self._failure


def _key(arguments: dict[str, Any]) -> bytes:
    """Return what tells two examples apart."""
    packed = b""
    for name, value in sorted(arguments.items()):
        if isinstance(value, (Subject, Workspace)):
            continue
        try:
            packed += name.encode() + plain.pack(value)
        except plain.NotPlain:
            packed += name.encode() + repr(value).encode()
    return packed
