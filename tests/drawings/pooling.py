"""Draw a call of `max_pool` or `average_pool`: the pixels behind the first wrong element."""

from __future__ import annotations

from markupsafe import Markup
from windows import Window, draw_window

from autograder.protocol.failure import Failure


def draw(failure: Failure) -> Markup | None:
    """Return the picture; None for a call with other arguments, or a wrong shape."""
    call = failure.calls[-1]
    if call.function not in ("max_pool", "average_pool") or len(call.arguments) not in (1, 4):
        return None
    images, *rest = call.arguments
    window = Window(*(value.data for value in rest)) if rest else Window([2, 2], [2, 2])
    return draw_window(failure.index, images, window)
