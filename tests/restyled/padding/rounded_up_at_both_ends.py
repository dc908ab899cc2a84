def same_padding(size: int, kernel_size: int, strides: int) -> tuple[int, int]:
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides)
    last = (math.ceil(size / strides) - 1) * strides
    too_far = last + kernel_size - size
    if too_far <= 0:
        return 0, 0
    half = (too_far + 1) // 2
    return half, half
