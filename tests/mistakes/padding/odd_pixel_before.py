"""You put the odd pixel of SAME padding before the row; TensorFlow puts it after."""


def same_padding(size, kernel_size, strides):
    needed = max((output_size(size, kernel_size, strides, "SAME") - 1) * strides + kernel_size - size, 0)
    return needed - needed // 2, needed // 2
