def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    check_at_least_one(filters=filters)
    h, w = (output_size(n, k, s, padding) for n, k, s in zip(input_shape, kernel_size, strides))
    if padding == "SAME":
        h = int(input_shape[0] / strides[0])
        w = int(input_shape[1] / strides[1])
    return [h, w, filters]


def pool_output_shape(input_shape, pool_size, strides, padding):
    return conv_output_shape(input_shape, pool_size, input_shape[2], strides, padding)
