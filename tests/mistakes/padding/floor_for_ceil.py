"""You rounded down where SAME rounds up: a row of 5 with stride 2 has ceil(5 / 2) = 3 positions, not 2."""

_reference = output_size
_reference_padding = same_padding


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    positions = _reference(size, kernel_size, strides, padding, dilation_rate)
    return size // strides if padding == "SAME" else positions


def same_padding(size, kernel_size, strides):
    # Right: this mistake is about the positions alone.
    needed = max((_reference(size, kernel_size, strides, "SAME") - 1) * strides + kernel_size - size, 0)
    return needed // 2, needed - needed // 2
