"""You activated first and pooled then; that is another result for the mean, and four times the work."""


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
        raise ValueError(f"padding must be SAME or VALID, not {padding!r}")
    kernel = variables.get(f"{name}/kernel", (kernel_size, kernel_size, images.shape[3], filters), draw)
    bias = variables.constant(f"{name}/bias", (filters,), initial_bias)
    if pooling == "stride":
        strides, pool_size = strides * pool_size, 1
    rows, columns = (
        same_padding(size, kernel_size, strides) if padding == "SAME" else (0, 0)
        for size in images.shape[1:3]
    )
    layer = convolve(images, kernel, strides, tuple(rows), tuple(columns)) + tf.cast(bias, images.dtype)
    layer = activate(layer)
    if pool_size > 1:
        layer = pool_layer(layer, pool_size, pool_size, pooling)
    return layer, kernel
