"""Early stopping seen from its whole history, instead of step by step."""

from __future__ import annotations

import math

History = list[tuple[int, float]]


def improvements(history: History) -> History:
    """Return the measurements that were better than all before them."""
    return [
        (iteration, accuracy)
        for place, (iteration, accuracy) in enumerate(history)
        if not math.isnan(accuracy)
        and all(math.isnan(earlier) or earlier < accuracy for _, earlier in history[:place])
    ]


def answer(history: History, patience: int) -> tuple[bool, bool]:
    """Return what `update` must say of the last measurement in `history`."""
    best = improvements(history)
    since = best[-1][0] if best else 0
    return bool(best) and best[-1] == history[-1] and len(best) > len(improvements(history[:-1])), (
        history[-1][0] - since > patience
    )
