import math


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    check_window("kernel_size", kernel_size, input_shape, strides, padding)
    check_at_least_one("filters", filters)
    sides = []
    for axis in range(2):
        free = input_shape[axis] if padding == "SAME" else input_shape[axis] - kernel_size[axis] + 1
        sides.append(math.ceil(free / strides[axis]))
    return (*sides, input_shape[-1])
