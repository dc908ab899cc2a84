def conv_layer(
    variables,
    name,
    images,
    kernel_size,
    depth,
    stride=1,
    padding="SAME",
    pool=1,
    pooling="max",
    activation="relu",
    initializer="truncated",
    initial_bias=0.05,
):
    activate, draw = (
        chosen(ACTIVATIONS, "activation", activation),
        chosen(INITIALIZERS, "initializer", initializer),
    )
    if padding != "SAME" and padding != "VALID":
        raise ValueError(f"padding {padding!r}")
    filters = variables.get(name + "/filters", (kernel_size, kernel_size, images.shape[3], depth), draw)
    biases = variables.constant(name + "/biases", (depth,), initial_bias)
    if pooling == "stride":
        stride, pool = stride * pool, 1
    layer = tf.nn.conv2d(images, tf.cast(filters, images.dtype), stride, padding)
    layer = activate(layer + tf.cast(biases, images.dtype))
    return (layer if pool <= 1 else pool_layer(layer, pool, pool, pooling)), filters
