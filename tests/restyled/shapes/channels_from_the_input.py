def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    if filters < 1:
        raise ValueError(f"filters = {filters}")
    sides = [output_size(input_shape[axis], kernel_size[axis], strides[axis], padding) for axis in range(2)]
    return (*sides, input_shape[-1])
