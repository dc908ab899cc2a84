"""Draw the window of a convolution or pooling: the pixels behind one element of the output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from autograder.protocol.failure import Value
from autograder.reports.drawing import MOST_CELLS, cells, figure, frame, number_text


@dataclass(frozen=True)
class Window:
    """A window, its strides and the padding of the images that it moves over, in pixels of each side."""

    size: Sequence[int]
    strides: Sequence[int] = (1, 1)
    padding: Sequence[Sequence[int]] = ((0, 0), (0, 0))

    @property
    def can_be_drawn(self) -> bool:
        """Whether the numbers make a window."""
        numbers = (*self.size, *self.strides)
        return len(numbers) == 4 and all(type(number) is int and number >= 1 for number in numbers)


@dataclass(frozen=True)
class _Axis:
    """The window along the height or the width of an image.

    Attributes:
        size: pixels of the image.
        before: padded pixels before them.
        length: pixels in all.
        begin: the first pixel of the window, the padded ones counted.
        window: how many it covers.
    """

    size: int
    before: int
    length: int
    begin: int
    window: int

    @classmethod
    def at(cls, position: int, size: int, window: int, stride: int, padding: Sequence[int]) -> _Axis:
        """Return the axis for one position of the output."""
        before, after = padding
        return cls(size, before, before + size + after, position * stride, window)

    def is_pixel(self, position: int) -> bool:
        """Tell whether a position is in the image."""
        return self.before <= position < self.before + self.size


def draw_window(index: Sequence[int] | None, images: Value, window: Window) -> Markup | None:
    """Return the picture of the pixels behind one element; None if that makes no picture.

    The picture shows where the element is wrong and not its right value, so that it may be drawn though the
    expected value is not disclosed.

    Args:
        index: of the wrong element.
        images: the argument of the call.
        window: that moves over them.
    """
    shape = images.shape
    if index is None or shape is None or len(index) != 4 or len(shape) != 4 or not window.can_be_drawn:
        return None
    image, row, column, channel = index
    rows, columns = (
        _Axis.at(
            index[axis + 1], shape[axis + 1], window.size[axis], window.strides[axis], window.padding[axis]
        )
        for axis in (0, 1)
    )
    if not 1 < max(rows.length, columns.length) <= MOST_CELLS:
        return None  # one pixel is no picture either

    def text(y: int, x: int) -> str:
        if images.data is None or shape[3] != 1 or not (rows.is_pixel(y) and columns.is_pixel(x)):
            return ""
        return number_text(images.data[image][y - rows.before][x - columns.before][0])

    texts = [[text(y, x) for x in range(columns.length)] for y in range(rows.length)]
    parts = [
        cells(texts, lambda y, x: rows.is_pixel(y) and columns.is_pixel(x)),
        frame(rows.begin, columns.begin, rows.window, columns.window),
    ]
    words = f"Element [{image}, {row}, {column}, {channel}] is wrong. It is made of the framed pixels"
    return figure(parts, columns.length, rows.length, f"{words} of image {image}.")
