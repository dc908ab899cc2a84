"""Draw a call of `same_padding`: the row with its zeros, and below it the window at each position."""

from __future__ import annotations

from markupsafe import Markup

from autograder.protocol.failure import Failure
from autograder.reports.drawing import MOST_CELLS, bar, cells, count, figure


def draw(failure: Failure) -> Markup | None:
    """Return the picture of the answer; None for another function, or numbers that make no picture."""
    call = failure.calls[-1]
    answer = call.answer.data if call.answer else None
    numbers = [value.data for value in call.arguments]
    if call.function != "same_padding" or len(numbers) != 3 or not isinstance(answer, list):
        return None
    if len(answer) != 2 or not all(type(number) is int for number in (*numbers, *answer)):
        return None
    size, kernel_size, strides = numbers
    before, after = answer
    length = before + size + after
    if min(size, kernel_size, strides) < 1 or min(before, after) < 0 or length > MOST_CELLS:
        return None
    begins = range(0, length - kernel_size + 1, strides)
    row = ["" if before <= column < before + size else "0" for column in range(length)]
    parts = [cells([row], lambda y, x: before <= x < before + size)]
    parts += [bar(1.25 + 0.3 * number, begin, kernel_size) for number, begin in enumerate(begins)]
    words = f"{count(before, 'zero')} before, {count(size, 'pixel')}, {count(after, 'zero')} after: "
    words += f"the window of {kernel_size} has {count(len(begins), 'position')}"
    return figure(parts, length, 1.4 + 0.3 * len(begins), f"Your answer: {words}.")
