def conv_parameters(kernel_size, in_channels, filters):
    weights = 1
    for argument, number in zip(
        ("kernel_size", "kernel_size", "in_channels", "filters"), (*kernel_size, in_channels, filters)
    ):
        if number < 1:
            raise ValueError(f"{argument} is {number}")
        weights = weights * number
    return [weights] * 2


def dense_parameters(inputs, units):
    if inputs < 1:
        raise ValueError(f"inputs {inputs}")
    if units < 1:
        raise ValueError(f"units {units}")
    total = sum(1 for _ in range(inputs)) * units
    return total, total
