def trace(layers, input_shape):
    shape = tuple(input_shape)
    check_at_least_one(input_shape=shape)
    table = []
    for layer in layers:
        kind = layer[0]
        if kind == "dense":
            units = layer[1]
            weights, biases = dense_parameters(shape[-1], units)
            shape = (*shape[:-1], units)
            table.append((kind, shape, weights + biases))
            continue
        if kind not in ("conv", "pool", "flatten") or len(shape) != 3:
            raise ValueError(f"layer {layer} cannot take an input of shape {shape}")
        if kind == "conv":
            kernel_size = (layer[1], layer[1])
            weights, biases = conv_parameters(kernel_size, shape[-1], layer[2])
            shape = conv_output_shape(shape, kernel_size, layer[2])
            table.append((kind, shape, weights + biases))
        elif kind == "pool":
            window = (layer[1], layer[1])
            shape = pool_output_shape(shape, window, window, "SAME")
            table.append((kind, shape, 0))
        else:
            shape = (math.prod(shape),)
            table.append((kind, shape, 0))
    return table
