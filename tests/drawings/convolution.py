"""Draw a call of `conv2d`: the pixels behind the first wrong element."""

from __future__ import annotations

from markupsafe import Markup
from windows import Window, draw_window

from autograder.protocol.failure import Failure


def draw(failure: Failure) -> Markup | None:
    """Return the picture; None for a call with other arguments, or a wrong shape."""
    call = failure.calls[-1]
    if call.function != "conv2d" or len(call.arguments) not in (3, 4):
        return None
    images, kernel, _, *strides = call.arguments
    if kernel.shape is None or len(kernel.shape) != 4:
        return None
    return draw_window(failure.index, images, Window(kernel.shape[:2], *(value.data for value in strides)))
