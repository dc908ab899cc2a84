def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides, dilation_rate=dilation_rate)
    check_padding(padding)
    if padding == "SAME":
        return math.ceil(size / strides)
    span = kernel_size * dilation_rate
    if span > size:
        raise ValueError(f"kernel_size {kernel_size} does not fit into {size} pixels")
    return math.ceil((size - span + 1) / strides)
