"""You rounded down where SAME rounds up: 7 pixels with stride 2 have ceil(7 / 2) = 4 places, not 3."""


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    check_window("kernel_size", kernel_size, input_shape, strides, padding)
    check_at_least_one("filters", filters)
    return (*_places(input_shape, kernel_size, strides, padding), filters)


def pool_output_shape(input_shape, pool_size, strides, padding):
    check_window("pool_size", pool_size, input_shape, strides, padding)
    return (*_places(input_shape, pool_size, strides, padding), input_shape[2])


def _places(input_shape, window, strides, padding):
    for size, pixels, stride in zip(input_shape[:2], window, strides, strict=True):
        yield size // stride if padding == "SAME" else (size - pixels) // stride + 1
