def same_padding(size, kernel_size, strides):
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides)
    positions = math.ceil(size / strides)
    last_begins = (positions - 1) * strides
    needed = last_begins + kernel_size - size
    before = needed // 2
    return before, needed - before
