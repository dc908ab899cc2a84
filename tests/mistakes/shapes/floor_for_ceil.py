"""You rounded down where SAME rounds up: 7 pixels with stride 2 have ceil(7 / 2) = 4 positions, not 3."""

_reference_conv = conv_output_shape
_reference_pool = pool_output_shape


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    shape = _reference_conv(input_shape, kernel_size, filters, strides, padding)
    return (*_halved(input_shape, strides), filters) if padding == "SAME" else shape


def pool_output_shape(input_shape, pool_size, strides, padding):
    shape = _reference_pool(input_shape, pool_size, strides, padding)
    return (*_halved(input_shape, strides), input_shape[2]) if padding == "SAME" else shape


def _halved(input_shape, strides):
    return input_shape[0] // strides[0], input_shape[1] // strides[1]
