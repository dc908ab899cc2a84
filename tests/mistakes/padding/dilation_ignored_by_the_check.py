"""You compared kernel_size with size; the window fits if its span does, and the span grows with dilation_rate."""

_reference = output_size


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    try:
        return _reference(size, kernel_size, strides, padding, dilation_rate)
    except ValueError as error:
        if "does not fit" in str(error) and kernel_size <= size:
            return math.ceil((size - (kernel_size - 1) * dilation_rate) / strides)
        raise
