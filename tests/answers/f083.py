def _convolved(shape, size, filters):
    parameters = conv_parameters((size, size), shape[2], filters)
    return conv_output_shape(shape, (size, size), filters), sum(parameters)


def _pooled(shape, size):
    return pool_output_shape(shape, (size, size), (size, size), "SAME"), 0


def _flattened(shape):
    return (math.prod(shape),), 0


def _connected(shape, units):
    return (units,), sum(dense_parameters(shape[0], units))


_KINDS = {"conv": (3, _convolved), "pool": (3, _pooled), "flatten": (3, _flattened), "dense": (1, _connected)}


def trace(layers, input_shape):
    input_shape = tuple(input_shape)
    check_at_least_one(input_shape=input_shape)
    if not layers:
        return []
    (kind, *numbers), *others = layers
    axes, apply = _KINDS.get(kind, (None, None))
    if axes != len(input_shape):
        raise ValueError(f"layer {layers[0]} cannot take an input of shape {input_shape}")
    shape, parameters = apply(input_shape, *numbers)
    return [(kind, shape, parameters), *trace(others, shape)]
