"""Zeros by tf.pad and a VALID convolution each time; pooling and activation by TensorFlow's own functions."""

_BENDS = {"relu": tf.nn.relu, "sigmoid": tf.nn.sigmoid, "tanh": tf.nn.tanh, "none": tf.identity}


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
    for argument, value, known in (
        ("padding", padding, ("SAME", "VALID")),
        ("pooling", pooling, ("max", "average", "stride")),
        ("activation", activation, _BENDS),
        ("initializer", initializer, INITIALIZERS),
    ):
        if value not in known:
            raise ValueError(f"{argument} {value}?")
    channels = images.shape[-1]
    weights = variables.get(
        name + "/kernel", (kernel_size, kernel_size, channels, filters), INITIALIZERS[initializer]
    )
    biases = variables.get(name + "/bias", (filters,), lambda shape, rng: initial_bias * np.ones(shape))
    step = strides * pool_size if pooling == "stride" else strides
    if padding == "SAME":
        height, width = images.shape[1], images.shape[2]
        margins = [
            [0, 0],
            list(same_padding(height, kernel_size, step)),
            list(same_padding(width, kernel_size, step)),
            [0, 0],
        ]
        images = tf.pad(images, margins)
    outputs = tf.nn.conv2d(images, tf.cast(weights, images.dtype), [1, step, step, 1], "VALID")
    outputs = tf.nn.bias_add(outputs, tf.cast(biases, outputs.dtype))
    if pool_size != 1 and pooling == "max":
        outputs = tf.nn.max_pool(outputs, pool_size, pool_size, "SAME")
    if pool_size != 1 and pooling == "average":
        outputs = tf.nn.avg_pool(outputs, pool_size, pool_size, "SAME")
    return _BENDS[activation](outputs), weights


def fully_connected_layer(
    variables, name, inputs, units, activation="relu", initializer="truncated_normal", initial_bias=0.05
):
    if activation not in _BENDS:
        raise ValueError(f"activation {activation}?")
    if initializer not in INITIALIZERS:
        raise ValueError(f"initializer {initializer}?")
    weights = variables.get(name + "/kernel", (int(inputs.shape[-1]), units), INITIALIZERS[initializer])
    biases = variables.get(name + "/bias", (units,), lambda shape, rng: initial_bias * np.ones(shape))
    product = tf.linalg.matmul(inputs, tf.cast(weights, inputs.dtype))
    return _BENDS[activation](tf.nn.bias_add(product, tf.cast(biases, inputs.dtype))), weights
