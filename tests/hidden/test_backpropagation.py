"""The hidden suite of `backpropagation`: every gradient against its definition, number by number."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autograder import close, expect_values, points, proves, same
from tests.oracles import backpropagation as oracle

counts = st.integers(1, 4)
# A learner who computes in float32 is right; one who loses the smallest or the largest numbers is not.
scales = st.sampled_from([1.0, 1e-12, 1e6])


def fractions(seed, *shapes):
    """Arrays of fractions, some of them equal; sums and products of a few are exact."""
    rng = np.random.default_rng(seed)
    return [rng.integers(-36, 37, shape) / 8 for shape in shapes]


def distinct(seed, *shapes):
    """Arrays of fractions, no two of an array equal."""
    rng = np.random.default_rng(seed)
    return [(rng.permutation(np.prod(shape)).reshape(shape) - np.prod(shape) // 2) / 8 for shape in shapes]


def any_numbers(seed, *shapes):
    """Arrays of fractions that need all digits."""
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


def dense_layers(numbers=fractions):
    """Inputs, kernel, and the gradient of the outputs."""

    def build(batch, inputs, units, seed):
        return numbers(seed, (batch, inputs), (inputs, units), (batch, units))

    return st.builds(build, counts, counts, counts, st.integers(0, 99))


@st.composite
def convolutions(draw, numbers=fractions, strides=None):
    """Images, kernel, the gradient of the outputs, and strides; a few pixels may be left over."""
    batch, channels, filters = draw(counts), draw(counts), draw(counts)
    size, strides, positions, pixels = draw(windows(strides))
    shapes = (batch, *pixels, channels), (*size, channels, filters), (batch, *positions, filters)
    return *numbers(draw(st.integers(0, 99)), *shapes), strides


@st.composite
def windows(draw, strides=None):
    """A window, its strides, how many positions it has, and images that are just large enough, or larger."""
    two = st.tuples(st.integers(1, 3), st.integers(1, 3))
    size, positions, rest = draw(two), draw(two), draw(two)
    strides = strides or draw(two)
    pixels = [
        n + step * (count - 1) + more % step
        for n, step, count, more in zip(size, strides, positions, rest, strict=True)
    ]
    return size, strides, positions, pixels


@st.composite
def pools(draw, numbers=distinct):
    """Images, the gradient of the outputs, the window, and strides."""
    batch, channels = draw(counts), draw(counts)
    size, strides, positions, pixels = draw(windows())
    shapes = (batch, *pixels, channels), (batch, *positions, channels)
    return *numbers(draw(st.integers(0, 99)), *shapes), size, strides


def softmax(logits):
    """Probabilities, also of logits of 10,000."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


# The dense layer


@proves("dense_gradients")
@given(layer=dense_layers())
def test_inputs_of_a_dense_layer(backpropagation, layer):
    """inputs_gradient[n, i] = sum over u of gradient[n, u] * kernel[i, u]."""
    inputs_gradient, _, _ = expect_values(backpropagation.dense_gradients(*layer), 3)
    assert inputs_gradient == close(oracle.dense_gradients(*layer)[0])


@proves("dense_gradients")
@given(layer=dense_layers())
def test_weights_of_a_dense_layer(backpropagation, layer):
    """kernel_gradient[i, u] = sum over n of inputs[n, i] * gradient[n, u]."""
    _, kernel_gradient, _ = expect_values(backpropagation.dense_gradients(*layer), 3)
    assert kernel_gradient == close(oracle.dense_gradients(*layer)[1])


@proves("dense_gradients")
@given(layer=dense_layers())
def test_biases_of_a_dense_layer(backpropagation, layer):
    """bias_gradient[u] = sum over n of gradient[n, u]."""
    _, _, bias_gradient = expect_values(backpropagation.dense_gradients(*layer), 3)
    assert bias_gradient == close(oracle.dense_gradients(*layer)[2])


@given(layer=dense_layers(any_numbers), scale=scales)
def test_large_and_small_gradients_of_a_dense_layer(backpropagation, layer, scale):
    """A gradient that is a million times as large or tiny makes all three results so."""
    inputs, kernel, gradient = layer
    arguments = inputs, kernel, gradient * scale
    answer = backpropagation.dense_gradients(*arguments)
    assert answer == close(oracle.dense_gradients(*arguments), atol=1e-5 * scale)


def test_a_dense_layer_of_hundreds(backpropagation):
    """65 examples of 300 inputs."""
    layer = fractions(1, (65, 300), (300, 2), (65, 2))
    assert backpropagation.dense_gradients(*layer) == close(oracle.dense_gradients(*layer))


# ReLU


@proves("relu_gradient")
@points(2)
@given(shape=st.lists(counts, min_size=1, max_size=4).map(tuple), seed=st.integers(0, 99))
def test_relu_lets_positive_inputs_pass(backpropagation, shape, seed):
    """The gradient of each positive input passes; at 0, at -0 and below nothing passes. In any shape."""
    (gradient,) = fractions(seed, shape)
    inputs = np.random.default_rng(seed).choice([2.5, 0.125, 0.0, -0.0, -0.125, -3.0], shape)
    assert backpropagation.relu_gradient(inputs, gradient) == same(oracle.relu_gradient(inputs, gradient))


@given(seed=st.integers(0, 99), small=scales, large=scales)
def test_large_and_small_inputs_of_relu(backpropagation, seed, small, large):
    """A millionth of a millionth is positive too, and a gradient of any size passes unchanged."""
    inputs, gradient = any_numbers(seed, (3, 5), (3, 5))
    arguments = inputs * small, gradient * large
    assert backpropagation.relu_gradient(*arguments) == close(
        oracle.relu_gradient(*arguments), atol=1e-5 * large
    )


@proves("relu_gradient")
def test_relu_of_hundreds(backpropagation):
    """65 examples of 300 inputs."""
    inputs, gradient = fractions(2, (65, 300), (65, 300))
    assert backpropagation.relu_gradient(inputs, gradient) == same(oracle.relu_gradient(inputs, gradient))


# Softmax and cross-entropy


@proves("softmax_cross_entropy_gradient")
@points(2)
@given(batch=counts, classes=st.integers(2, 5), seed=st.integers(0, 99))
def test_probabilities_less_targets(backpropagation, batch, classes, seed):
    """(probabilities - targets) / batch: the loss is a mean over the examples, not over the classes."""
    (logits,) = fractions(seed, (batch, classes))
    targets = np.eye(classes)[np.random.default_rng(seed).integers(0, classes, batch)]
    arguments = softmax(logits), targets
    answer = backpropagation.softmax_cross_entropy_gradient(*arguments)
    assert answer == close(oracle.softmax_cross_entropy_gradient(*arguments))


@proves("softmax_cross_entropy_gradient")
@given(classes=st.integers(2, 5), seed=st.integers(0, 99))
def test_a_batch_of_one(backpropagation, classes, seed):
    """One example: its probabilities, and 1 less for the right class."""
    (logits,) = fractions(seed, (1, classes))
    arguments = softmax(logits), np.eye(classes)[[seed % classes]]
    answer = backpropagation.softmax_cross_entropy_gradient(*arguments)
    assert answer == close(oracle.softmax_cross_entropy_gradient(*arguments))


def test_a_network_that_is_sure(backpropagation):
    """Where softmax gives exactly 1 and 0: no gradient if it is right, -1 and 1 if it is wrong, over the batch."""
    probabilities = softmax(np.array([[1e4, 0.0, -1e4], [-1e4, 1e4, 0.0]]))
    answer = backpropagation.softmax_cross_entropy_gradient(probabilities, np.eye(3)[[0, 2]])
    assert answer == close(np.array([[0.0, 0.0, 0.0], [0.0, 0.5, -0.5]]))


def test_improbable_classes(backpropagation):
    """A probability of a millionth of a millionth pushes its logit down by just that much."""
    probabilities = np.array([[1.0, 1e-12, 3e-12], [2e-12, 1.0, 1e-12]])
    answer = backpropagation.softmax_cross_entropy_gradient(probabilities, np.eye(3)[[0, 1]])
    assert answer == close(np.array([[0, 5e-13, 1.5e-12], [1e-12, 0, 5e-13]]), atol=1e-17)


def test_hundreds_of_classes(backpropagation):
    """65 examples, 300 classes."""
    (logits,) = fractions(3, (65, 300))
    arguments = softmax(logits), np.eye(300)[np.arange(65) * 4]
    # Number by number, as the oracle works it out, is too slow for so many.
    expected = (arguments[0] - arguments[1]) / 65
    assert backpropagation.softmax_cross_entropy_gradient(*arguments) == close(expected, atol=1e-9)


# Convolution


@proves("conv2d_gradients")
@points(2)
@given(layer=convolutions())
def test_images_of_a_convolution(backpropagation, layer):
    """images_gradient: each patch gets, for every filter, the gradient of its output times the kernel."""
    images_gradient, _, _ = expect_values(backpropagation.conv2d_gradients(*layer), 3)
    assert images_gradient == close(oracle.conv2d_gradients(*layer)[0])


@proves("conv2d_gradients")
@points(2)
@given(layer=convolutions())
def test_weights_of_a_convolution(backpropagation, layer):
    """kernel_gradient: for each weight the sum of the pixels that it met, times the gradients of their outputs."""
    _, kernel_gradient, _ = expect_values(backpropagation.conv2d_gradients(*layer), 3)
    assert kernel_gradient == close(oracle.conv2d_gradients(*layer)[1])


@proves("conv2d_gradients")
@given(layer=convolutions())
def test_biases_of_a_convolution(backpropagation, layer):
    """bias_gradient[f] = sum over n, i, j of gradient[n, i, j, f]."""
    _, _, bias_gradient = expect_values(backpropagation.conv2d_gradients(*layer), 3)
    assert bias_gradient == close(oracle.conv2d_gradients(*layer)[2])


@proves("conv2d_gradients")
@points(2)
@given(layer=convolutions(strides=(1, 1)))
def test_convolution_with_strides_of_one(backpropagation, layer):
    """Strides are (1, 1) if none are given."""
    images, kernel, gradient, _ = layer
    answer = backpropagation.conv2d_gradients(images, kernel, gradient)
    assert answer == close(oracle.conv2d_gradients(images, kernel, gradient))


@given(layer=convolutions(any_numbers), scale=scales)
def test_large_and_small_gradients_of_a_convolution(backpropagation, layer, scale):
    """A gradient that is a million times as large or tiny makes all three results so."""
    images, kernel, gradient, strides = layer
    arguments = images, kernel, gradient * scale, strides
    answer = backpropagation.conv2d_gradients(*arguments)
    assert answer == close(oracle.conv2d_gradients(*arguments), atol=1e-5 * scale)


def test_convolution_of_long_images(backpropagation):
    """65 rows or 300 columns."""
    for shape, size, strides, positions in (
        ((2, 65, 3, 2), (3, 2), (2, 1), (32, 2)),
        ((1, 2, 300, 1), (1, 7), (1, 1), (2, 294)),
    ):
        layer = fractions(4, shape, (*size, shape[3], 3), (shape[0], *positions, 3))
        assert backpropagation.conv2d_gradients(*layer, strides) == close(
            oracle.conv2d_gradients(*layer, strides)
        )


# Max pooling


@proves("max_pool_gradient")
@points(3)
@given(layer=pools())
def test_the_largest_pixel_gets_all(backpropagation, layer):
    """Each window gives its gradient to its largest pixel; one that is the largest of several gets the sum."""
    assert backpropagation.max_pool_gradient(*layer) == close(oracle.max_pool_gradient(*layer))


@points(2)
@given(layer=pools(), seed=st.integers(0, 99))
def test_the_first_of_equal_pixels(backpropagation, layer, seed):
    """Of equal pixels the first gets it, row by row and from left to right; 0 and -0 are equal."""
    images, *rest = layer
    equal = np.random.default_rng(seed).choice([-1.5, -0.0, 0.0, 0.25], images.shape)
    assert backpropagation.max_pool_gradient(equal, *rest) == close(oracle.max_pool_gradient(equal, *rest))


@proves("max_pool_gradient")
@points(2)
@given(
    batch=counts,
    half=st.tuples(counts, counts),
    rest=st.tuples(st.integers(0, 1), st.integers(0, 1)),
    channels=counts,
    seed=st.integers(0, 99),
)
def test_the_usual_pooling(backpropagation, batch, half, rest, channels, seed):
    """Window (2, 2) and strides (2, 2) are the defaults; of an odd number of rows or columns the last is left out."""
    pixels = [2 * count + more for count, more in zip(half, rest, strict=True)]
    images, gradient = any_numbers(seed, (batch, *pixels, channels), (batch, *half, channels))
    expected = oracle.max_pool_gradient(images, gradient)
    assert backpropagation.max_pool_gradient(images, gradient) == close(expected)


@given(layer=pools(any_numbers), small=scales, large=scales)
def test_large_and_small_pixels(backpropagation, layer, small, large):
    """Negative pixels, tiny or in the millions: the largest gets a gradient of any size."""
    images, gradient, *rest = layer
    arguments = (images - 3) * small, gradient * large, *rest
    answer = backpropagation.max_pool_gradient(*arguments)
    assert answer == close(oracle.max_pool_gradient(*arguments), atol=1e-5 * large)


def test_pooling_of_long_images(backpropagation):
    """65 rows or 300 columns."""
    for shape, size, strides, positions in (
        ((2, 65, 3, 2), (3, 2), (2, 1), (32, 2)),
        ((1, 2, 300, 1), (2, 70), (1, 10), (1, 24)),
    ):
        layer = distinct(5, shape, (shape[0], *positions, shape[3]))
        assert backpropagation.max_pool_gradient(*layer, size, strides) == close(
            oracle.max_pool_gradient(*layer, size, strides)
        )
