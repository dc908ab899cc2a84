"""Early stopping seen from its whole history, instead of step by step."""

from __future__ import annotations

import math

History = list[tuple[int, float]]


def improvements(history: History) -> History:
    """Return the measurements that were better than all before them."""
    return [
        (iteration, accuracy)
        for index, (iteration, accuracy) in enumerate(history)
        if not math.isnan(accuracy)
        and all(math.isnan(earlier) or earlier < accuracy for _, earlier in history[:index])
    ]


def answer(history: History, patience: int) -> tuple[bool, bool]:
    """Return the right answer of `update` to the last measurement in `history`."""
    best, before = improvements(history), improvements(history[:-1])
    since = best[-1][0] if best else 0
    return len(best) > len(before), history[-1][0] - since > patience
