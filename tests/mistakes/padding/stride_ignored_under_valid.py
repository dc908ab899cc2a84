"""You left the stride out of VALID; size - span + 1 is right for stride 1 only: divide by strides and round up."""

_reference = output_size


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    positions = _reference(size, kernel_size, strides, padding, dilation_rate)
    return positions if padding == "SAME" else size - (kernel_size - 1) * dilation_rate
