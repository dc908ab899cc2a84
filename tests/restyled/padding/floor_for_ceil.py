def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    for name in ("size", "kernel_size", "strides", "dilation_rate"):
        value = locals()[name]
        if value <= 0:
            raise ValueError(f"bad {name}: {value}")
    if padding not in {"SAME", "VALID"}:
        raise ValueError(f"padding is {padding!r}")
    if padding == "SAME":
        return math.floor(size / strides)
    count, begin = 0, 0
    while begin + dilation_rate * (kernel_size - 1) < size:
        count, begin = count + 1, begin + strides
    if count == 0:
        raise ValueError(f"kernel_size={kernel_size} is too much for {size}")
    return count


def same_padding(size, kernel_size, strides):
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides)
    rest = size % strides or strides
    total = max(kernel_size - rest, 0)
    return total // 2, (total + 1) // 2
