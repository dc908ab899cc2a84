"""The hidden suite of `convolution`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same
from tests.oracles import convolution as oracle
from tests.strategies import arrays, seeds

pairs = st.tuples(st.integers(1, 4), st.integers(1, 4))
counts = st.integers(1, 3)
# The first is what the smallest failing example has.
SCALES = [1.0, 0.01, 1e6, 1e-12]
# Shapes of images and kernel, strides: one long axis, or many channels, or many filters.
LONG = [
    ((2, 65, 3, 2), (2, 3, 2, 1), (1, 1)),
    ((1, 4, 300, 1), (3, 5, 1, 2), (2, 1)),
    ((2, 3, 2, 300), (2, 1, 300, 3), (1, 1)),
    ((1, 2, 3, 2), (1, 2, 2, 65), (1, 2)),
]


def whole_numbers(rng, shape):
    """Small whole numbers: their sums are exact in float32, and easy to read."""
    return rng.integers(-9, 10, shape).astype(np.float32)


def real_numbers(rng, shape, scale, dtype):
    """Fractions of both signs; some are 0 and -0."""
    numbers = rng.normal(0, scale, shape)
    numbers[rng.random(shape) < 0.1] *= 0
    return numbers.astype(dtype)


@st.composite
def layers(draw):
    """The images, kernel, bias and strides of a layer, in small whole numbers. The kernel fits into the images."""
    (tall, wide), (more_rows, more_columns), strides = draw(pairs), draw(pairs), draw(pairs)
    batch, channels, filters = draw(counts), draw(counts), draw(counts)
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    shapes = (
        (batch, tall + more_rows - 1, wide + more_columns - 1, channels),
        (tall, wide, channels, filters),
        (filters,),
    )
    return *(whole_numbers(rng, shape) for shape in shapes), strides


@proves("convolve_row")
@points(2)
@given(kernel=arrays(st.tuples(st.integers(1, 5))), more=st.integers(0, 5), seed=st.integers(0, 99))
def test_every_stretch_of_the_row(convolution, kernel, more, seed):
    """output[i] = sum over t of row[i + t] * kernel[t], wherever the kernel fits into the row."""
    row = whole_numbers(np.random.default_rng(seed), len(kernel) + more)
    assert convolution.convolve_row(row, kernel) == close(oracle.convolve_row(row, kernel))


@proves("convolve_row")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rows_of_real_numbers(convolution, dtype):
    """Fractions, large and small numbers, long rows: the same sums."""
    rng = np.random.default_rng(1)
    for scale, size, kernel_size in zip(SCALES, (7, 65, 300, 9), (3, 2, 70, 9), strict=True):
        row = real_numbers(rng, size, scale, dtype)
        kernel = real_numbers(rng, kernel_size, 1, dtype)
        expected = oracle.convolve_row(row, kernel)
        assert convolution.convolve_row(row, kernel) == close(expected, atol=1e-5 * scale)


def test_rows_and_kernels_that_do_not_fit_are_refused(convolution):
    """A kernel without weights, or longer than the row, is a ValueError that names `kernel`."""
    for size, kernel_size in ((3, 0), (3, 4), (1, 2), (2, 70)):
        row, kernel = np.ones(size), np.ones(kernel_size)
        with bad_input("kernel"):
            convolution.convolve_row(row, kernel)


@proves("conv2d")
@points(3)
@given(layer=layers())
def test_every_output_is_its_sum(convolution, layer):
    """Each output is the sum over patch and depth of pixel times weight, plus the bias of its filter."""
    assert convolution.conv2d(*layer) == close(oracle.conv2d(*layer))


@proves("conv2d")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(layer=layers(), scale=st.sampled_from(SCALES), seed=seeds)
def test_images_of_real_numbers(convolution, dtype, layer, scale, seed):
    """Fractions, large and small numbers, float32 and float64: the same sums."""
    *whole, strides = layer
    rng = np.random.default_rng(seed)
    images, kernel, bias = (
        real_numbers(rng, array.shape, factor, dtype)
        for array, factor in zip(whole, (scale, 1, scale), strict=True)
    )
    expected = oracle.conv2d(images, kernel, bias, strides)
    assert convolution.conv2d(images, kernel, bias, strides) == close(expected, atol=1e-5 * scale)


@proves("conv2d")
@points(2)
def test_long_images_and_many_channels(convolution):
    """Any height, width, depth and number of filters."""
    rng = np.random.default_rng(2)
    for images, kernel, strides in LONG:
        layer = *(whole_numbers(rng, shape) for shape in (images, kernel, kernel[3:])), strides
        assert convolution.conv2d(*layer) == close(oracle.conv2d(*layer))


@proves("conv2d")
@points(2)
@given(layer=layers(), fewer=pairs)
def test_same_is_padding_first(convolution, layer, fewer):
    """SAME: zeros around the images first, then conv2d. ceil(size / strides) positions remain."""
    images, kernel, bias, strides = layer
    # The images may be smaller than the kernel: the zeros make them large enough.
    images = images[:, : fewer[0], : fewer[1]]
    padding = oracle.same_padding(images, kernel.shape[:2], strides)
    padded = np.pad(images, ((0, 0), *padding, (0, 0)))
    assert convolution.conv2d(padded, kernel, bias, strides) == close(
        oracle.conv2d(padded, kernel, bias, strides)
    )


@proves("conv2d")
@given(layer=layers())
def test_the_usual_strides(convolution, layer):
    """Without strides, the kernel moves by one pixel: (1, 1) is the default."""
    images, kernel, bias, _ = layer
    assert convolution.conv2d(images, kernel, bias) == close(oracle.conv2d(images, kernel, bias, (1, 1)))


@proves("conv2d")
@given(layer=layers(), position=st.tuples(st.integers(0, 2), st.integers(0, 2)))
def test_a_filter_of_one_weight_moves_the_image(convolution, layer, position):
    """A 3 by 3 filter of zeros with a single 1 at (y, x) shows every channel moved by (1 - y, 1 - x)."""
    images, (y, x) = layer[0], position
    height, width, channels = images.shape[1:]
    kernel = np.zeros((3, 3, channels, channels), np.float32)
    kernel[y, x] = np.eye(channels)
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    answer = convolution.conv2d(padded, kernel, np.zeros(channels, np.float32))
    assert answer == close(padded[:, y : y + height, x : x + width])


@given(layer=layers())
def test_every_channel_adds_its_part(convolution, layer):
    """The output is the sum of what each channel gives by itself, and the bias once."""
    images, kernel, bias, strides = layer
    expected = np.broadcast_to(bias, oracle.conv2d(*layer).shape)
    for channel in range(images.shape[3]):
        one = images[..., channel : channel + 1], kernel[:, :, channel : channel + 1]
        expected = expected + expect_array(convolution.conv2d(*one, bias * 0, strides), expected.shape)
    assert convolution.conv2d(*layer) == close(expected)


@given(layer=layers())
def test_what_moves_in_the_image_moves_in_the_output(convolution, layer):
    """Translation equivariance: without its first row and column, the image's output is without its own."""
    images, kernel, bias, _ = layer
    larger = np.pad(images, ((0, 0), (1, 0), (1, 0), (0, 0)), constant_values=3)
    whole = expect_array(
        convolution.conv2d(larger, kernel, bias), oracle.conv2d(larger, kernel, bias, (1, 1)).shape
    )
    assert convolution.conv2d(images, kernel, bias) == close(whole[:, 1:, 1:])


def test_layers_that_do_not_fit_are_refused(convolution):
    """ValueError: a kernel for other channels, with `kernel` and its shape; one too large; a stride below 1."""
    images, bias = np.ones((1, 3, 4, 2), np.float32), np.zeros(2, np.float32)
    for channels in (1, 3):
        kernel = np.ones((2, 2, channels, 2), np.float32)
        with bad_input("kernel", kernel.shape):
            convolution.conv2d(images, kernel, bias)
    for size, strides in (((4, 1), (1, 1)), ((1, 5), (1, 1)), ((2, 2), (0, 1)), ((2, 2), (1, -1))):
        kernel = np.ones((*size, 2, 2), np.float32)
        with bad_input():
            convolution.conv2d(images, kernel, bias, strides)


@proves("vertical_edge_filter")
@points(3)
def test_edge_filters_of_any_size(convolution):
    """Ones left of the middle column, zeros in it, minus ones right of it."""
    for size in (3, 5, 9, 65):
        columns = np.sign(size // 2 - np.arange(size))
        expected = np.broadcast_to(columns[None, :, None, None], (size, size, 1, 1))
        assert convolution.vertical_edge_filter(size) == same(expected)


def test_an_edge_filter_is_three_wide_by_default(convolution):
    """Without a size, it is the filter of 3 by 3."""
    assert convolution.vertical_edge_filter() == same(np.tile([[[1.0]], [[0.0]], [[-1.0]]], (3, 1, 1, 1)))


def test_light_and_dark(convolution):
    """conv2d with your filter: positive from light (left) to dark (right), negative from dark to light, else 0."""
    edges = expect_array(convolution.vertical_edge_filter(), (3, 3, 1, 1)).astype(np.float64)
    image = np.tile(np.repeat([9.0, 1.0, 9.0], 3), (3, 1))[None, :, :, None]
    expected = np.array([0.0, 24.0, 24.0, 0.0, -24.0, -24.0, 0.0])
    assert convolution.conv2d(image, edges, np.zeros(1)) == close(expected[None, None, :, None])


def test_other_edge_filters_are_refused(convolution):
    """A size that is even or below 3 is a ValueError that names `size` and its value."""
    for size in (1, 2, 4, 64, -3):
        with bad_input("size", size):
            convolution.vertical_edge_filter(size)
