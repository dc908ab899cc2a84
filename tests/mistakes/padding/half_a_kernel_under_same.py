"""Your SAME adds (kernel_size - 1) // 2 zeros at each end, too few for even kernels: use ceil(size / strides)."""

_reference = output_size


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    positions = _reference(size, kernel_size, strides, padding, dilation_rate)
    if padding == "SAME":
        return (size + 2 * ((kernel_size - 1) // 2) - kernel_size) // strides + 1
    return positions


def same_padding(size, kernel_size, strides):
    needed = max((_reference(size, kernel_size, strides, "SAME") - 1) * strides + kernel_size - size, 0)
    return needed // 2, needed - needed // 2
