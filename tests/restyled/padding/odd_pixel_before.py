def same_padding(size, kernel_size, strides):
    if min(size, kernel_size, strides) < 1:
        output_size(size, kernel_size, strides, "SAME")
    rest = size % strides
    total = kernel_size - (rest if rest else strides)
    if total < 0:
        total = 0
    after = total // 2
    return [total - after, after]
