"""TensorFlow's general convolution, and its pooling operations by their own names."""


def convolve(images, filters, strides, rows, columns):
    if any(rows) or any(columns):
        images = tf.pad(images, [(0, 0), rows, columns, (0, 0)])
    return tf.nn.convolution(
        images, tf.cast(filters, images.dtype), strides=[strides, strides], padding="VALID"
    )


def pool_layer(layer, pool_size, strides, pooling):
    sizes = {"ksize": [1, pool_size, pool_size, 1], "strides": [1, strides, strides, 1], "padding": "SAME"}
    kinds = {
        "max": lambda: tf.raw_ops.MaxPool(input=layer, **sizes),
        "average": lambda: tf.raw_ops.AvgPool(value=layer, **sizes),
    }
    return chosen(kinds, "pooling", pooling)()
