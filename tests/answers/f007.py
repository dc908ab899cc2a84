def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    check_at_least_one(filters=filters)
    height, width, _ = input_shape
    kernel_width, kernel_height = kernel_size
    return (
        output_size(height, kernel_height, strides[0], padding),
        output_size(width, kernel_width, strides[1], padding),
        filters,
    )
