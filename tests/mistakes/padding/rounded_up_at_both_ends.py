"""You rounded half of the padding up at both ends; half is rounded down before the row, and the rest goes after it."""

_reference = same_padding


def same_padding(size, kernel_size, strides):
    needed = sum(_reference(size, kernel_size, strides))
    return math.ceil(needed / 2), math.ceil(needed / 2)
