def same_padding(size, kernel_size, strides):
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides)
    # the window sticks out by all of its pixels but one
    total = kernel_size - 1
    before = total // 2
    return before, total - before
