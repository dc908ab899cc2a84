"""Your padding can become negative: where the stride is longer than the kernel, nothing is missing."""


def same_padding(size, kernel, stride):
    needed = (output_size(size, kernel, stride, "SAME") - 1) * stride + kernel - size
    return needed // 2, needed - needed // 2
