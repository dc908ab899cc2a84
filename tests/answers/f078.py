def conv_layer(
    variables,
    name,
    images,
    kernel_size,
    filters,
    strides=1,
    padding="SAME",
    pool_size=1,
    pooling="max",
    activation="relu",
    initializer="truncated_normal",
    initial_bias=0.05,
):
    activate = chosen(ACTIVATIONS, "activation", activation)
    draw = chosen(INITIALIZERS, "initializer", initializer)
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding must be 'SAME' or 'VALID', not {padding!r}")
    if pooling not in ("max", "average", "stride"):
        raise ValueError(f"pooling must be max, average or stride, not {pooling!r}")
    shape = (kernel_size, kernel_size, images.shape[3], filters)
    kernel = variables.get(f"{name}/kernel", shape, draw)
    bias = variables.constant(f"{name}/bias", (filters,), initial_bias)
    if pooling == "stride":
        strides = strides * pool_size
    rows = columns = (0, 0)
    if padding == "SAME":
        rows = same_padding(images.shape[1], kernel_size, strides)
        columns = same_padding(images.shape[2], kernel_size, strides)
    layer = convolve(images, kernel, strides, rows, columns) + tf.cast(bias, images.dtype)
    layer = activate(layer)
    if pooling != "stride" and pool_size > 1:
        layer = pool_layer(layer, pool_size, pool_size, pooling)
    return layer, kernel
