"""You used the first number of each pair for both axes; the second one belongs to the width."""

_reference_conv = conv_output_shape
_reference_pool = pool_output_shape


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    return _reference_conv(input_shape, (kernel_size[0],) * 2, filters, (strides[0],) * 2, padding)


def pool_output_shape(input_shape, pool_size, strides, padding):
    return _reference_pool(input_shape, (pool_size[0],) * 2, (strides[0],) * 2, padding)
