"""You divided by the window instead of the stride; `strides` says how far it is to the next position."""

_reference = pool_output_shape


def pool_output_shape(input_shape, pool_size, strides, padding):
    _reference(input_shape, pool_size, strides, padding)
    return _reference(input_shape, pool_size, pool_size, padding)
