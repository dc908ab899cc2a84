"""Counts the positions where a window may begin, and the weights one by one in their product."""


def _positions(window, input_shape, strides, padding):
    for name, numbers in (("kernel_size", window), ("input_shape", input_shape), ("strides", strides)):
        if min(numbers) <= 0:
            raise ValueError(f"{name} {numbers} has a number below 1")
    if padding not in ["SAME", "VALID"]:
        raise ValueError(f"unknown padding: {padding}")
    counts = []
    for axis in range(2):
        begins = range(0, input_shape[axis], strides[axis])
        if padding == "VALID":
            begins = [begin for begin in begins if begin + window[axis] <= input_shape[axis]]
        if not len(begins):
            raise ValueError(f"a window of {window} is too large")
        counts.append(len(begins))
    return counts


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    if filters < 1:
        raise ValueError(f"filters: {filters}")
    return [*_positions(kernel_size, input_shape, strides, padding), filters]


def pool_output_shape(input_shape, pool_size, strides, padding):
    return [*_positions(pool_size, input_shape, strides, padding), input_shape[-1]]


def conv_parameters(kernel_size, in_channels, filters):
    for name, number in (
        ("kernel_size", min(kernel_size)),
        ("in_channels", in_channels),
        ("filters", filters),
    ):
        if number < 1:
            raise ValueError(f"{name} is {number}")
    weights = 0
    for _ in range(filters):
        for _ in range(in_channels):
            weights += kernel_size[0] * kernel_size[1]
    return [weights, filters]
