"""The oracles of `backpropagation` against TensorFlow's tape, in float64."""

import numpy as np
import pytest
import tensorflow as tf

from tests.oracles import backpropagation as oracle

# 1,000 cases of each layer. Those of one group have the same sizes, so TensorFlow is called once for all of them.
GROUPS, CASES = 50, 20


def numbers(rng, *shapes):
    """Fractions of every size for all cases of a group."""
    return [rng.standard_normal((CASES, *shape)) * 10.0 ** rng.integers(-6, 4) for shape in shapes]


def on_tape(layer, arguments, gradient):
    """Return the gradients with respect to a layer's arguments; `gradient` is that of its outputs."""
    tensors = [tf.constant(array) for array in arguments]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        outputs = tf.reshape(layer(*tensors), gradient.shape)
    return [found.numpy() for found in tape.gradient(outputs, tensors, gradient)]


def dense(rng):
    batch, inputs, units = rng.integers(1, 6, 3)
    x, kernel, bias, gradient = numbers(rng, (batch, inputs), (inputs, units), (units,), (batch, units))
    expected = on_tape(lambda x, kernel, bias: x @ kernel + bias[:, None], [x, kernel, bias], gradient)
    return oracle.dense_gradients, (x, kernel, gradient), expected


def relu(rng):
    shape = rng.integers(1, 4, rng.integers(1, 5))
    inputs, gradient = numbers(rng, shape, shape)
    inputs *= rng.integers(-1, 2, inputs.shape)  # zeros of both signs among them
    return oracle.relu_gradient, (inputs, gradient), on_tape(tf.nn.relu, [inputs], gradient)


def softmax_cross_entropy(rng):
    batch, classes = rng.integers(1, 6, 2)
    (logits,) = numbers(rng, (batch, classes))
    targets = np.eye(classes)[rng.integers(0, classes, (CASES, batch))]

    def losses(logits):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(targets, logits), axis=1)

    probabilities = tf.nn.softmax(logits).numpy()
    expected = on_tape(losses, [logits], np.ones(CASES))
    return oracle.softmax_cross_entropy_gradient, (probabilities, targets), expected


def windows(rng):
    """Return a window, its strides, its positions, and images that they cover but for a few pixels at the end."""
    size, strides, positions = rng.integers(1, 4, (3, 2))
    pixels = size + strides * (positions - 1) + rng.integers(0, strides)
    return size, strides, positions, pixels


def conv2d(rng):
    size, strides, positions, pixels = windows(rng)
    batch, channels, filters = rng.integers(1, 4, 3)
    shapes = (batch, *pixels, channels), (*size, channels, filters), (filters,), (batch, *positions, filters)
    images, kernel, bias, gradient = numbers(rng, *shapes)

    def layer(images, kernel, bias):
        pairs = zip(tf.unstack(images), tf.unstack(kernel), strict=True)
        return tf.stack([tf.nn.conv2d(*pair, strides, "VALID") for pair in pairs]) + bias[:, None, None, None]

    expected = on_tape(layer, [images, kernel, bias], gradient)
    return lambda *case: oracle.conv2d_gradients(*case, strides), (images, kernel, gradient), expected


def max_pool(rng):
    size, strides, positions, pixels = windows(rng)
    batch, channels = rng.integers(1, 4, 2)
    images, gradient = numbers(rng, (batch, *pixels, channels), (batch, *positions, channels))
    if rng.integers(2):
        images = rng.choice(
            [-1.5, -0.0, 0.0, 0.25], images.shape
        )  # many equal ones, and two zeros that are equal

    def layer(images):
        return tf.nn.max_pool2d(tf.reshape(images, (-1, *pixels, channels)), size, strides, "VALID")

    expected = on_tape(layer, [images], gradient)
    return lambda *case: oracle.max_pool_gradient(*case, size, strides), (images, gradient), expected


@pytest.mark.parametrize("layer", [dense, relu, softmax_cross_entropy, conv2d, max_pool])
def test_the_tape_finds_the_same_gradients(layer):
    """No gradient differs by more than a millionth of the largest number in its array."""
    rng = np.random.default_rng(1)
    largest = 0.0
    for _ in range(GROUPS):
        function, arguments, expected = layer(rng)
        for case in range(CASES):
            found = function(*(array[case] for array in arguments))
            for mine, theirs in zip(found if len(expected) > 1 else [found], expected, strict=True):
                assert mine.shape == theirs[case].shape
                scale = np.abs(theirs[case]).max() or 1.0
                largest = max(largest, np.abs(mine - theirs[case]).max() / scale)
    print(f"{layer.__name__}: the largest difference is {largest:.1e}")
    assert largest < 1e-6
