"""You added float32 biases to outputs of another dtype; cast the variables to the dtype of the images."""


def conv_layer(
    variables,
    name,
    images,
    kernel_size,
    filters,
    stride=1,
    padding="SAME",
    pool=1,
    pooling="max",
    activation="relu",
    initializer="truncated",
    initial_bias=0.05,
):
    activate = chosen(ACTIVATIONS, "activation", activation)
    draw = chosen(INITIALIZERS, "initializer", initializer)
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"padding must be SAME or VALID, not {padding!r}")
    weights = variables.get(f"{name}/filters", (kernel_size, kernel_size, images.shape[3], filters), draw)
    biases = variables.constant(f"{name}/biases", (filters,), initial_bias)
    if pooling == "stride":
        stride, pool = stride * pool, 1
    rows, columns = (
        same_padding(size, kernel_size, stride) if padding == "SAME" else (0, 0) for size in images.shape[1:3]
    )
    layer = convolve(images, weights, stride, tuple(rows), tuple(columns)) + biases
    if pool > 1:
        layer = pool_layer(layer, pool, pool, pooling)
    return activate(layer), weights
