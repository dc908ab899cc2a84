def trace(layers, input_shape):
    check_at_least_one(input_shape=input_shape)
    shape, table = tuple(input_shape), []
    for layer in layers:
        if len(shape) == 1 and layer[0] == "dense":
            row = ("dense", (layer[1],), sum(dense_parameters(shape[0], layer[1])))
        elif len(shape) == 3 and layer[0] == "conv":
            size = (layer[1], layer[1])
            out = conv_output_shape(shape, size, layer[2])
            row = ("conv", out, sum(conv_parameters(size, shape[2], layer[2])))
        elif len(shape) == 3 and layer[0] == "pool":
            size = (layer[1], layer[1])
            row = ("pool", pool_output_shape(shape, size, size, "SAME"), size[0] * size[1] * shape[2])
        elif len(shape) == 3 and layer[0] == "flatten":
            row = ("flatten", (shape[0] * shape[1] * shape[2],), 0)
        else:
            raise ValueError(f"bad layer: {layer}")
        table.append(row)
        shape = row[1]
    return table
