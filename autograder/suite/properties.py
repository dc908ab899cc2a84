"""Property tests: hypothesis uses the same examples every time and a limited number for shrinking."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograder.protocol import plain
from autograder.suite.proxy import ModuleProxy, Workspace
from autograder.suite.tape import Exchange, Tape
from autograder.suite.transcript import Transcript

PROFILE = "autograder"
# Enough for the properties in these suites: every mistake in tests/mistakes is found with fewer.
_EXAMPLES = 50
# After a failure, hypothesis may use this many examples to shrink it. Counted, not timed, so that the same
# submission gets the same smallest example on any machine.
SHRINKING_EXAMPLES = 60


def load_profile() -> None:
    """Make hypothesis use the same examples every time, without a database of failures."""
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
        # A slow grading machine is not the submission's fault.
        suppress_health_check=(HealthCheck.too_slow,),
    )
    settings.load_profile(PROFILE)


def is_property(function: object) -> bool:
    """Return True if a test function is a hypothesis test."""
    return getattr(function, "is_hypothesis_test", False)


class ShrinkingOver(BaseException):
    """The shrinking budget is used up. Not an `Exception`, so that it ends hypothesis' search."""


class Budget:
    """Limits the number of examples for shrinking a failure, and keeps the smallest failure.

    Args:
        transcript: the calls.
        tape: the requests and replies.
        shrinking_examples: the number of examples for shrinking.

    Attributes:
        examples: the number of examples that passed.
    """

    def __init__(self, transcript: Transcript, tape: Tape, shrinking_examples: int):
        self.examples = 0
        self._transcript = transcript
        self._tape = tape
        self._left = shrinking_examples
        self._smallest: tuple[int, bytes] | None = None
        self._failure: Exception | None = None
        self._failing_example = Transcript()
        self._failing_exchanges: list[Exchange] = []

    def limit(self, test: Callable[..., None]) -> Callable[..., None]:
        """Return `test` with the budget around each example."""

        @functools.wraps(test)
        def limited(*args: Any, **kwargs: Any) -> None:
            if self._failure is not None:
                if not self._left:
                    raise ShrinkingOver
                self._left -= 1
            self._transcript.begin_example()
            self._tape.begin_example()
            try:
                test(*args, **kwargs)
            except Exception as failure:
                self._keep_if_smaller(failure, _key(kwargs))
                raise
            self.examples += 1

        return limited

    def _keep_if_smaller(self, failure: Exception, key: bytes) -> None:
        size = (len(key), key)
        if self._smallest is None or size <= self._smallest:
            self._smallest, self._failure = size, failure
            self._failing_example = self._transcript.example()
            self._failing_exchanges = self._tape.exchanges

    def smallest_failure(self) -> Exception:
        """Return the failure of the smallest example, and restore its transcript and tape."""
        assert self._failure is not None
        self._transcript.restore(self._failing_example)
        self._tape.exchanges = self._failing_exchanges
        return self._failure


def _key(arguments: dict[str, Any]) -> bytes:
    """Return a key that identifies an example."""
    packed = b""
    for name, value in sorted(arguments.items()):
        if isinstance(value, (ModuleProxy, Workspace)):
            continue
        try:
            packed += name.encode() + plain.pack(value)
        except plain.NotPlain:
            packed += name.encode() + repr(value).encode()
    return packed
