def pool_output_shape(input_shape, pool_size, strides, padding):
    check_at_least_one(strides=strides)
    height, width, channels = input_shape
    return (
        output_size(height, pool_size[0], pool_size[0], padding),
        output_size(width, pool_size[1], pool_size[1], padding),
        channels,
    )
