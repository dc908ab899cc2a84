def same_padding(size, kernel_size, strides):
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides)
    positions = -(-size // strides)
    before = after = 0
    while (before + size + after - kernel_size) // strides + 1 < positions:
        if before < after:
            before += 1
        else:
            after += 1
    return before, after
