def trace(layers, input_shape):
    check_at_least_one(input_shape=input_shape)
    table = []
    now = input_shape
    for layer in layers:
        kind, *numbers = layer
        if kind not in ("conv", "pool", "flatten", "dense"):
            raise ValueError(f"layer {layer} unknown")
        if (kind == "dense") != (len(now) == 1):
            raise ValueError(f"layer {layer} after {now}")
        count = 0
        if kind == "conv":
            count, _ = conv_parameters([numbers[0]] * 2, now[-1], numbers[1])
            now = conv_output_shape(now, [numbers[0]] * 2, numbers[1])
        if kind == "pool":
            now = pool_output_shape(now, [numbers[0]] * 2, [numbers[0]] * 2, "SAME")
        if kind == "flatten":
            now = (now[0] * now[1] * now[2],)
        if kind == "dense":
            count = dense_parameters(now[0], numbers[0])[0]
            now = (numbers[0],)
        table.append((kind, tuple(now), count))
    return table
