"""The pace of a run: submissions per minute, the number of flagged ones, and the slowest."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable

from autograder.grading import Done, Status

# The number of slowest submissions named in a message.
_NAMED = 3
# Anything faster than this is not slow.
_SECONDS = 1.0


class Pace:
    """Counts finished submissions; its memory does not grow with their number.

    Args:
        clock: returns seconds.

    Attributes:
        flagged: the number of submissions that need attention.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.flagged = 0
        self._clock = clock
        self._begun = clock()
        self._graded = 0
        self._longest: list[tuple[float, str]] = []
        self._by_exercise: Counter[str] = Counter()

    def graded(self, done: Done) -> None:
        """Add a submission."""
        self.flagged += bool(done.flag)
        if done.status is Status.KEPT:
            return
        self._graded += 1
        self._by_exercise.update(done.by_exercise)
        heapq.heappush(self._longest, (done.seconds, done.row.learner))
        if len(self._longest) > _NAMED:
            heapq.heappop(self._longest)

    def now(self) -> str:
        """Return the text beside the bar: the speed, and how many need attention."""
        minutes = (self._clock() - self._begun) / 60
        rate = f"{self._graded / minutes:.0f} per minute" if self._graded and minutes else ""
        flagged = f"{self.flagged} flagged" if self.flagged else ""
        return ", ".join(filter(None, (rate, flagged)))

    def slow(self) -> str:
        """Return a line about the slowest submissions; empty if none was slow."""
        longest = sorted(self._longest, reverse=True)
        if not longest or longest[0][0] < _SECONDS:
            return ""
        took = ", ".join(f"{learner} {seconds:.0f} s" for seconds, learner in longest)
        whole = sum(self._by_exercise.values())
        shares = ", ".join(
            f"{exercise} {seconds / whole:.0%}"
            for exercise, seconds in self._by_exercise.most_common(_NAMED)
            if seconds
        )
        return f"slowest: {took}" + (f"; share of the tests' time: {shares}" if shares else "")
