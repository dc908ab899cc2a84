def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides, dilation_rate=dilation_rate)
    check_padding(padding)
    if padding == "SAME":
        return len(range(0, size, strides))
    covered = range(0, kernel_size * dilation_rate, dilation_rate)[-1] + 1
    if covered > size:
        raise ValueError(f"kernel_size {kernel_size} does not fit into {size} pixels")
    return len(range(0, size - covered + 1, strides))
