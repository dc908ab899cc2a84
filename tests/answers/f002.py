def same_padding(size, kernel_size, strides):
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides)
    positions = math.ceil(size / strides)
    total = max((positions - 1) * strides + kernel_size - size, 0)
    after = total // 2
    return total - after, after
