"""The oracle of `shapes` answers as TensorFlow and Keras do."""

import numpy as np
import tensorflow as tf

from tests.oracles import shapes as oracle

CASES = 1_000


def random_slide(rng):
    """Return an image's shape, a window, strides and a padding: under VALID, the window fits."""
    window, strides = (tuple(rng.integers(1, most, 2).tolist()) for most in (8, 6))
    padding = str(rng.choice(["SAME", "VALID"]))
    sizes = rng.integers(1, 70, 2) + (np.array(window) - 1) * (padding == "VALID")
    return (*sizes.tolist(), int(rng.integers(1, 5))), window, strides, padding


def test_conv_output_shape_is_tensorflows():
    rng = np.random.default_rng(1)
    for _ in range(CASES):
        image, kernel_size, strides, padding = random_slide(rng)
        filters = int(rng.integers(1, 6))
        kernel = tf.zeros((*kernel_size, image[2], filters))
        expected = tf.nn.conv2d(tf.zeros((1, *image)), kernel, strides, padding).shape[1:]
        assert oracle.conv_output_shape(image, kernel_size, filters, strides, padding) == tuple(expected)


def test_pool_output_shape_is_tensorflows():
    rng = np.random.default_rng(2)
    for _ in range(CASES):
        image, pool_size, strides, padding = random_slide(rng)
        expected = tf.nn.max_pool2d(tf.zeros((1, *image)), pool_size, strides, padding).shape[1:]
        assert oracle.pool_output_shape(image, pool_size, strides, padding) == tuple(expected)


def keras_counts(layer, input_shape):
    """Return how many weights and biases Keras makes."""
    # In this scope the variables get no values, which is four times as fast.
    with tf.keras.StatelessScope(initialize_variables=False):
        layer.build((None, *input_shape))
    return tuple(int(np.prod(array.shape)) for array in (layer.kernel, layer.bias))


def test_conv_parameters_are_keras():
    rng = np.random.default_rng(3)
    for _ in range(CASES):
        *kernel_size, in_channels, filters = rng.integers(1, 12, 4).tolist()
        layer = tf.keras.layers.Conv2D(filters, kernel_size)
        expected = keras_counts(layer, (None, None, in_channels))
        assert oracle.conv_parameters(kernel_size, in_channels, filters) == expected


def test_dense_parameters_are_keras():
    rng = np.random.default_rng(4)
    for _ in range(CASES):
        inputs, units = rng.integers(1, 200, 2).tolist()
        layer = tf.keras.layers.Dense(units)
        assert oracle.dense_parameters(inputs, units) == keras_counts(layer, (inputs,))


def random_network(rng):
    """Return the layers of a network, most of them with a flattening."""
    images = [
        ("pool", int(rng.integers(1, 4))) if rng.random() < 0.5 else ("conv", *rng.integers(1, 5, 2).tolist())
        for _ in range(rng.integers(0, 5))
    ]
    if rng.random() < 0.2:
        return images
    dense = [("dense", int(units)) for units in rng.integers(1, 9, rng.integers(0, 4))]
    return [*images, ("flatten",), *dense]


def test_trace_is_what_tensorflow_runs():
    rng = np.random.default_rng(5)
    for _ in range(CASES):
        layers, input_shape = random_network(rng), tuple(rng.integers(1, 20, 3).tolist())
        output, rows = tf.zeros((1, *input_shape)), []
        for kind, *numbers in layers:
            arrays = []
            if kind == "conv":
                size, filters = numbers
                arrays = [tf.zeros((size, size, output.shape[-1], filters)), tf.zeros(filters)]
                output = tf.nn.conv2d(output, arrays[0], 1, "SAME") + arrays[1]
            elif kind == "pool":
                output = tf.nn.max_pool2d(output, numbers[0], numbers[0], "SAME")
            elif kind == "flatten":
                output = tf.reshape(output, (1, -1))
            else:
                arrays = [tf.zeros((output.shape[-1], *numbers)), tf.zeros(numbers)]
                output = output @ arrays[0] + arrays[1]
            parameters = sum(int(np.prod(array.shape)) for array in arrays)
            rows.append((kind, tuple(output.shape[1:]), parameters))
        assert oracle.trace(layers, input_shape) == rows
