"""You took the kernel's width for the height: all pairs are (height, width), as in the shape of the image."""

_reference_conv = conv_output_shape
_reference_pool = pool_output_shape


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    return _reference_conv(input_shape, kernel_size[::-1], filters, strides[::-1], padding)


def pool_output_shape(input_shape, pool_size, strides, padding):
    return _reference_pool(input_shape, pool_size[::-1], strides[::-1], padding)
