def conv_parameters(kernel_size, in_channels, filters):
    check_at_least_one(kernel_size=kernel_size, in_channels=in_channels, filters=filters)
    height, width = kernel_size
    of_one_filter = sum(in_channels for _ in range(height) for _ in range(width))
    return sum(of_one_filter for _ in range(filters)), sum(1 for _ in range(filters))


def dense_parameters(inputs, units):
    check_at_least_one(inputs=inputs, units=units)
    return sum(inputs for _ in range(units)), units
