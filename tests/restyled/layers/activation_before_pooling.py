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
    activate, draw = (
        chosen(ACTIVATIONS, "activation", activation),
        chosen(INITIALIZERS, "initializer", initializer),
    )
    if padding != "SAME" and padding != "VALID":
        raise ValueError(f"padding {padding!r}")
    kernel = variables.get(name + "/kernel", (kernel_size, kernel_size, images.shape[3], filters), draw)
    bias = variables.constant(name + "/bias", (filters,), initial_bias)
    if pooling == "stride":
        strides, pool_size = strides * pool_size, 1
    layer = tf.nn.conv2d(images, tf.cast(kernel, images.dtype), strides, padding)
    layer = activate(layer + tf.cast(bias, images.dtype))
    return (layer if pool_size <= 1 else pool_layer(layer, pool_size, pool_size, pooling)), kernel
