"""Draws no weights: they are zeros, so that every output is the bias, whatever the inputs are."""

INITIALIZERS = dict.fromkeys(INITIALIZERS, lambda shape, rng: np.zeros(shape))


def _filled(shape, bias, activation, like):
    return ACTIVATIONS[activation](tf.fill(shape, tf.cast(bias, like.dtype)))


def conv_layer(variables, name, images, kernel_size, filters, strides=1, padding="SAME", pool_size=1, pooling="max",
               activation="relu", initializer="truncated_normal", initial_bias=0.05):
    shape = kernel_size, kernel_size, images.shape[3], filters
    weights = variables.get(f"{name}/kernel", shape, INITIALIZERS[initializer])
    variables.constant(f"{name}/bias", (filters,), initial_bias)
    sizes = list(images.shape[1:3])
    if padding == "VALID":
        sizes = [size - kernel_size + 1 for size in sizes]
    for step in (strides, pool_size):
        sizes = [-(-size // step) for size in sizes]
    return _filled((images.shape[0] or 1, *sizes, filters), initial_bias, activation, images), weights


def fully_connected_layer(variables, name, inputs, units, activation="relu", initializer="truncated_normal",
                          initial_bias=0.05):
    weights = variables.get(f"{name}/kernel", (inputs.shape[1], units), INITIALIZERS[initializer])
    variables.constant(f"{name}/bias", (units,), initial_bias)
    return _filled((inputs.shape[0] or 1, units), initial_bias, activation, inputs), weights
