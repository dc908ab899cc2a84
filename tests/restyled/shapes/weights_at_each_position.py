def trace(layers: list[tuple], input_shape: tuple[int, ...]) -> list[tuple[str, tuple[int, ...], int]]:
    check_at_least_one(input_shape=input_shape)
    table = []
    shape = tuple(input_shape)
    for layer in layers:
        match layer, len(shape):
            case ("conv", size, filters), 3:
                weights, biases = conv_parameters((size, size), shape[2], filters)
                shape = conv_output_shape(shape, (size, size), filters)
                learned = weights * shape[0] * shape[1] + biases
            case ("pool", size), 3:
                shape = pool_output_shape(shape, (size, size), (size, size), "SAME")
                learned = 0
            case ("flatten",), 3:
                shape = (math.prod(shape),)
                learned = 0
            case ("dense", units), 1:
                learned = sum(dense_parameters(shape[0], units))
                shape = (units,)
            case _:
                raise ValueError(f"layer {layer} cannot take an input of shape {shape}")
        table.append((layer[0], shape, learned))
    return table
