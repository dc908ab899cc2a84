"""Makes all variables, as it should, but they and what is computed with them are NaN."""

_conv_layer, _fully_connected_layer = conv_layer, fully_connected_layer


def _all_nan(variables, outputs, weights):
    for variable in variables.by_name.values():
        variable.assign(tf.fill(variable.shape, np.float32("nan")))
    return outputs * float("nan"), weights * float("nan")


def conv_layer(variables, *arguments, **keywords):
    return _all_nan(variables, *_conv_layer(variables, *arguments, **keywords))


def fully_connected_layer(variables, *arguments, **keywords):
    return _all_nan(variables, *_fully_connected_layer(variables, *arguments, **keywords))
