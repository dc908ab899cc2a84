def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    if size < 1 or kernel_size < 1 or strides < 1 or dilation_rate < 1:
        raise ValueError(f"{size=} {kernel_size=} {strides=} {dilation_rate=}")
    if padding == "VALID":
        free = size - dilation_rate * (kernel_size - 1)
        return -(-free // strides) if free > 0 else 0
    if padding == "SAME":
        return (size - 1) // strides + 1
    raise ValueError(f"padding {padding}")
