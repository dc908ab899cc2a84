"""You let the window slide over the channels too; pooling keeps every channel."""

_reference = pool_output_shape


def pool_output_shape(input_shape, pool_size, strides, padding):
    height, width, channels = _reference(input_shape, pool_size, strides, padding)
    return height, width, math.ceil(channels / strides[0])
