"""You put the odd pixel of SAME padding before the row; TensorFlow puts it after."""


def same_padding(size, kernel, stride):
    needed = max((output_size(size, kernel, stride, "SAME") - 1) * stride + kernel - size, 0)
    return needed - needed // 2, needed // 2
