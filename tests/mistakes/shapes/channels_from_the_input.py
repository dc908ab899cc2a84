"""You gave the output of a convolution the channels of its input; each filter makes one channel."""

_reference = conv_output_shape


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    height, width, _ = _reference(input_shape, kernel_size, filters, strides, padding)
    return height, width, input_shape[2]
