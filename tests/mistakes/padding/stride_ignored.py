"""Your SAME padding leaves out the stride; kernel_size - 1 zeros are right for stride 1 only: use the last position."""

_reference = same_padding


def same_padding(size, kernel_size, strides):
    _reference(size, kernel_size, strides)
    before = (kernel_size - 1) // 2
    return before, kernel_size - 1 - before
