def trace(layers, input_shape):
    shape = tuple(input_shape)
    check_at_least_one(input_shape=shape)
    table = []
    for layer in layers:
        kind, numbers = layer[0], layer[1:]
        axes = {"conv": 3, "pool": 3, "flatten": 3, "dense": 1}
        if kind not in axes or len(shape) != axes[kind]:
            raise ValueError(f"layer {layer} cannot take an input of shape {shape}")
        parameters = 0
        if kind == "conv":
            size, filters = numbers
            parameters = sum(conv_parameters((size, size), shape[2], filters))
            shape = conv_output_shape(shape, (size, size), filters)
        elif kind == "pool":
            (size,) = numbers
            shape = pool_output_shape(shape, (size, size), (size, size), "VALID")
        elif kind == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        else:
            (units,) = numbers
            parameters = sum(dense_parameters(shape[0], units))
            shape = (units,)
        table.append((kind, shape, parameters))
    return table
