"""You rounded down where VALID rounds up: 8 pixels, kernel 3, stride 4 have ceil(6 / 4) = 2 positions, not 1."""

_reference = output_size


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    positions = _reference(size, kernel_size, strides, padding, dilation_rate)
    if padding == "SAME":
        return positions
    return (size - (kernel_size - 1) * dilation_rate) // strides
