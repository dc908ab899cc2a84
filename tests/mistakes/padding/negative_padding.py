"""Your padding can become negative; where the stride is longer than the kernel, nothing may be missing: at least 0."""


def same_padding(size, kernel_size, strides):
    needed = (output_size(size, kernel_size, strides, "SAME") - 1) * strides + kernel_size - size
    return needed // 2, needed - needed // 2
