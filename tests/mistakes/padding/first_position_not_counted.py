"""You counted the steps, (size - span) // strides; the first position is one more."""

_reference = output_size


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    positions = _reference(size, kernel_size, strides, padding, dilation_rate)
    if padding == "SAME":
        return positions
    return (size - (kernel_size - 1) * dilation_rate - 1) // strides
