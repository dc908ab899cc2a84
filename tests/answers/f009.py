def conv_parameters(kernel_size, in_channels, filters):
    check_at_least_one(kernel_size=kernel_size, in_channels=in_channels, filters=filters)
    return kernel_size[0] * kernel_size[1] * filters, filters
