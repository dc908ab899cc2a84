"""You rounded half of the padding down at both ends, which loses the odd zero; it goes after the row."""

_reference = same_padding


def same_padding(size, kernel_size, strides):
    needed = sum(_reference(size, kernel_size, strides))
    return needed // 2, needed // 2
