"""Draw a call of `conv2d`: the pixels behind the first wrong element."""

from __future__ import annotations

from markupsafe import Markup
from windows import Window, draw_window

from autograder.protocol.failure import Failure


def draw(failure: Failure) -> Markup | None:
    """Return the picture; None for a call with other arguments, or a wrong shape."""
    call = failure.calls[-1]
    images, filters, *rest = (*call.arguments, None, None)
    if call.function != "conv2d" or len(call.arguments) not in (2, 5) or filters is None or images is None:
        return None
    if images.shape is None or filters.shape is None or len(filters.shape) != 4:
        return None
    strides, padding = ([1, 1], "SAME") if len(call.arguments) == 2 else (rest[1].data, rest[2].data)
    return draw_window(failure.index, images, Window(filters.shape[:2], strides, padding))
