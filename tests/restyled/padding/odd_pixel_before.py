def same_padding(size, kernel, stride):
    if min(size, kernel, stride) < 1:
        output_size(size, kernel, stride, "SAME")
    rest = size % stride
    total = kernel - (rest if rest else stride)
    if total < 0:
        total = 0
    after = total // 2
    return [total - after, after]
