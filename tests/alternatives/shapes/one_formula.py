"""One formula for both axes, and a row of `trace` from a table of functions."""


def _sides(input_shape, window, strides, padding):
    return list(map(output_size, input_shape[:2], window, strides, [padding] * 2))


def conv_output_shape(input_shape, kernel_size, filters, strides=(1, 1), padding="SAME"):
    check_at_least_one(filters=filters)
    return [*_sides(input_shape, kernel_size, strides, padding), filters]


def pool_output_shape(input_shape, pool_size, strides, padding):
    return [*_sides(input_shape, pool_size, strides, padding), input_shape[-1]]


def _conv(shape, kernel, filters):
    count = sum(conv_parameters((kernel, kernel), shape[-1], filters))
    return tuple(conv_output_shape(shape, (kernel, kernel), filters)), count


_KINDS = {
    "conv": (3, _conv),
    "pool": (3, lambda shape, size: (tuple(pool_output_shape(shape, (size,) * 2, (size,) * 2, "SAME")), 0)),
    "flatten": (3, lambda shape: ((math.prod(shape),), 0)),
    "dense": (1, lambda shape, units: ((units,), sum(dense_parameters(*shape, units)))),
}


def trace(layers, input_shape):
    check_at_least_one(input_shape=input_shape)
    table, shape = [], tuple(input_shape)
    for layer in layers:
        if layer[0] not in _KINDS:
            raise ValueError(f"unknown layer {layer}")
        axes, row = _KINDS[layer[0]]
        if len(shape) != axes:
            raise ValueError(f"layer {layer} after shape {shape}")
        shape, count = row(shape, *layer[1:])
        table.append([layer[0], shape, count])
    return table
