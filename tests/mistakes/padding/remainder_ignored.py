"""You took kernel_size - strides zeros, as if strides divided size; the padding is what the last position needs."""

_reference = same_padding


def same_padding(size, kernel_size, strides):
    _reference(size, kernel_size, strides)
    needed = max(kernel_size - strides, 0)
    return needed // 2, needed - needed // 2
