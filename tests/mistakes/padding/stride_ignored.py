"""Your SAME padding leaves out the stride: kernel - 1 zeros are right for stride 1 only."""


def same_padding(size, kernel, stride):
    output_size(size, kernel, stride, "SAME")
    before = (kernel - 1) // 2
    return before, kernel - 1 - before
