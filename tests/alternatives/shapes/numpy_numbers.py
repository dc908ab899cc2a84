"""Computes both axes at once with NumPy, and answers in NumPy's arrays and numbers."""

import numpy as np


def pool_output_shape(input_shape, pool_size, strides, padding):
    arguments = {"input_shape": input_shape, "pool_size": pool_size, "strides": strides}
    for name, numbers in arguments.items():
        if np.any(np.array(numbers) < 1):
            raise ValueError(name, numbers)
    if padding not in {"SAME", "VALID"}:
        raise ValueError(f"padding={padding!r}")
    sizes = np.array(input_shape[:2], dtype=np.float64)
    if padding == "VALID":
        sizes = sizes - pool_size + 1
        if sizes.min() < 1:
            raise ValueError(f"pool_size={pool_size} does not fit")
    return np.append(np.ceil(sizes / strides), input_shape[2])


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    if filters < 1:
        raise ValueError(f"filters={filters}")
    positions = pool_output_shape(input_shape, kernel_size, strides, padding)
    return np.append(positions[:2], filters).astype(np.int64)


def conv_parameters(kernel_size, in_channels, filters):
    check_at_least_one(kernel_size=kernel_size, in_channels=in_channels, filters=filters)
    return np.array([np.prod((*kernel_size, in_channels, filters)), filters])


def dense_parameters(inputs, units):
    if inputs < 1 or units < 1:
        raise ValueError(f"inputs={inputs}, units={units}")
    # A bias is the weight of an input that is always 1.
    return np.float64((inputs + 1) * units - units), np.float64(units)


def trace(layers, input_shape):
    if min(input_shape) < 1:
        raise ValueError(f"input_shape={input_shape}")
    table = []
    shape = np.array(input_shape)
    for layer in layers:
        match layer:
            case ("conv", kernel, filters) if len(shape) == 3:
                parameters = np.sum(conv_parameters((kernel, kernel), shape[-1], filters))
                shape = np.array([shape[0], shape[1], filters])
            case ("pool", size) if len(shape) == 3:
                parameters = np.int64(0)
                shape = pool_output_shape(tuple(shape), (size, size), (size, size), "SAME").astype(int)
            case ("flatten",) if len(shape) == 3:
                parameters = np.int64(0)
                shape = np.array([np.prod(shape)])
            case ("dense", units) if len(shape) == 1:
                parameters = np.sum(dense_parameters(shape[0], units))
                shape = np.array([units])
            case _:
                raise ValueError(f"layer {layer} after {shape}")
        table.append([layer[0], shape, parameters])
    return table
