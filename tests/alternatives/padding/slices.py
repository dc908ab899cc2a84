"""Cases of the remainder for SAME padding; crops and pads by slices of one large canvas."""

import numpy as np


def same_padding(size, kernel, stride):
    for name, value in (("size", size), ("kernel", kernel), ("stride", stride)):
        if value < 1:
            raise ValueError(name, value)
    remainder = size % stride
    needed = max(kernel - (stride if remainder == 0 else remainder), 0)
    return needed // 2, (needed + 1) // 2


def crop_or_pad(images, height, width):
    if height < 1:
        raise ValueError(f"height is {height}")
    if width < 1:
        raise ValueError(f"width is {width}")
    batch, old_height, old_width, channels = images.shape
    answer = np.zeros((batch, height, width, channels), images.dtype)

    def spans(old, new):
        common = min(old, new)
        source, target = (old - common) // 2, (new - common) // 2
        return slice(source, source + common), slice(target, target + common)

    rows_from, rows_to = spans(old_height, height)
    columns_from, columns_to = spans(old_width, width)
    answer[:, rows_to, columns_to] = images[:, rows_from, columns_from]
    return answer
