"""The hidden suite of `convolution`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same
from tests.oracles import convolution as oracle
from tests.strategies import arrays, images, paddings

taps = st.tuples(st.integers(1, 4), st.integers(1, 4))
strides_of_two = st.tuples(st.integers(1, 4), st.integers(1, 4))
filter_counts = st.integers(1, 3)
seeds = st.integers(0, 99)
SETTINGS = [
    ((2, 7, 5, 3), (3, 3), 4, (1, 1)),
    ((1, 6, 9, 2), (2, 4), 1, (2, 1)),
    ((3, 8, 4, 1), (5, 2), 2, (3, 2)),
    ((1, 5, 6, 2), (1, 1), 3, (4, 3)),
]


def weights(batch, size, count, seed):
    """Filters and biases of whole numbers for the channels of `batch`."""
    rng = np.random.default_rng(seed)
    filters = rng.integers(-4, 5, (*size, batch.shape[3], count)).astype(np.float32)
    return filters, rng.integers(-9, 10, count).astype(np.float32)


@proves("conv2d")
@points(3)
@given(batch=images(), size=taps, count=filter_counts, seed=seeds, strides=strides_of_two, padding=paddings)
def test_every_output_is_its_sum(convolution, batch, size, count, seed, strides, padding):
    """Every output is the sum over its patch and depth of pixel times weight, plus the filter's bias."""
    arguments = (batch, *weights(batch, size, count, seed), strides, padding)
    assert convolution.conv2d(*arguments) == close(oracle.conv2d(*arguments))


@proves("conv2d")
@points(2)
@pytest.mark.parametrize(("shape", "size", "count", "strides"), SETTINGS)
@pytest.mark.parametrize("padding", ["SAME", "VALID"])
def test_conv2d_is_tensorflows(convolution, shape, size, count, strides, padding):
    """The same numbers as tf.nn.conv2d with a bias."""
    batch = np.random.default_rng(5).integers(-9, 10, shape).astype(np.float32)
    arguments = (batch, *weights(batch, size, count, 6), strides, padding)
    assert convolution.conv2d(*arguments) == close(oracle.tensorflow_conv2d(*arguments))


@proves("conv2d")
@given(batch=images(), size=taps, seed=seeds)
def test_stride_one_same_and_no_bias_are_the_defaults(convolution, batch, size, seed):
    """conv2d(images, filters) has strides (1, 1), SAME padding and adds nothing."""
    filters, bias = weights(batch, size, 2, seed)
    assert convolution.conv2d(batch, filters) == close(
        oracle.conv2d(batch, filters, bias * 0, (1, 1), "SAME")
    )


@given(batch=images(most_channels=2), size=taps, seed=seeds, padding=paddings)
def test_convolution_is_linear(convolution, batch, size, seed, padding):
    """The answer to 2 * x - y is twice the answer to x less the answer to y."""
    other = batch[:, ::-1, ::-1] + 1
    filters, bias = weights(batch, size, 2, seed)
    shape = oracle.conv2d(batch, filters, bias, (1, 1), padding).shape
    one, two = (
        expect_array(convolution.conv2d(x, filters, None, (1, 1), padding), shape) for x in (batch, other)
    )
    assert convolution.conv2d(2 * batch - other, filters, None, (1, 1), padding) == close(2 * one - two)


@proves("conv2d")
@given(batch=images(), place=st.tuples(st.integers(0, 2), st.integers(0, 2)))
def test_a_filter_of_one_weight_moves_the_image(convolution, batch, place):
    """A 3 by 3 filter of zeros with a single 1 at (y, x) shifts every channel by (1 - y, 1 - x)."""
    channels = batch.shape[3]
    filters = np.zeros((3, 3, channels, channels), np.float32)
    filters[place[0], place[1]] = np.eye(channels)
    around = np.pad(batch, ((0, 0), (1, 1), (1, 1), (0, 0)))
    moved = around[:, place[0] : place[0] + batch.shape[1], place[1] : place[1] + batch.shape[2]]
    assert convolution.conv2d(batch, filters) == close(moved)


def test_hundreds_of_channels(convolution):
    """300 channels are added up as three are: their number is compared with == and not with `is`."""
    batch, filters = np.ones((1, 1, 2, 300), np.float32), np.ones((1, 1, 300, 2), np.float32)
    assert convolution.conv2d(batch, filters) == close(np.full((1, 1, 2, 2), 300.0))


def test_a_filter_larger_than_the_image(convolution):
    """VALID has no place for it, so height or width is 0; SAME sees the image and zeros around it."""
    batch = np.arange(6, dtype=np.float32).reshape(1, 2, 3, 1)
    assert convolution.conv2d(batch, np.ones((3, 2, 1, 2)), padding="VALID") == same(np.zeros((1, 0, 2, 2)))
    assert convolution.conv2d(batch, np.ones((3, 4, 1, 1)), padding="VALID") == same(np.zeros((1, 0, 0, 1)))
    everywhere = convolution.conv2d(batch, np.ones((5, 7, 1, 1)), padding="SAME")
    assert everywhere == close(np.full((1, 2, 3, 1), 15.0))


@pytest.mark.parametrize("shape", [(3, 3, 1, 2), (3, 3, 3, 2), (3, 3, 2, 2, 1), (3, 3, 2), (3, 3)])
def test_filters_that_do_not_fit_are_refused(convolution, shape):
    """Filters for other channels than the image's, or of other than four axes, are a ValueError."""
    with bad_input("filters", shape):
        convolution.conv2d(np.ones((1, 5, 5, 2), np.float32), np.ones(shape, np.float32))


@pytest.mark.parametrize("shape", [(1,), (4,), (3, 1)])
def test_other_biases_are_refused(convolution, shape):
    """A bias is one number for each of the three filters; anything else is a ValueError, broadcast or not."""
    with bad_input("bias", shape):
        convolution.conv2d(np.ones((1, 3, 3, 1)), np.ones((1, 1, 1, 3)), np.ones(shape))


@pytest.mark.parametrize("strides", [(0, 1), (1, 0), (-1, 2)])
def test_strides_below_one_are_refused(convolution, strides):
    """A stride below 1 is a ValueError that names it."""
    with bad_input("strides", strides):
        convolution.conv2d(np.ones((1, 3, 3, 1)), np.ones((1, 1, 1, 1)), None, strides)


def test_other_paddings_are_refused(convolution):
    """A padding that is neither SAME nor VALID is a ValueError that names it."""
    with bad_input("padding", "FULL"):
        convolution.conv2d(np.ones((1, 3, 3, 1)), np.ones((1, 1, 1, 1)), padding="FULL")


@proves("convolve_row")
@given(row=arrays(st.tuples(st.integers(0, 7))), kernel=arrays(st.tuples(st.integers(1, 5))))
def test_a_row_is_numpys_correlation(convolution, row, kernel):
    """output[i] = sum of row[i + t] * kernel[t]; none where the kernel is longer than the row."""
    fits = len(row) >= len(kernel)
    expected = np.correlate(row, kernel, "valid") if fits else np.zeros(0)
    assert convolution.convolve_row(row, kernel) == close(expected)


def test_a_kernel_without_weights_is_refused(convolution):
    """A kernel of no weights is a ValueError."""
    with bad_input("kernel", (0,)):
        convolution.convolve_row(np.ones(3), np.ones(0))


@proves("vertical_edge_filter")
@points(3)
def test_edge_filters_of_any_size(convolution):
    """Ones left of the middle column, zeros in it, minus ones right of it."""
    for size in (3, 5, 9):
        edges = expect_array(convolution.vertical_edge_filter(size), (size, size, 1, 1))
        columns = np.sign(size // 2 - np.arange(size))
        assert edges == same(np.broadcast_to(columns[None, :, None, None], edges.shape))


def test_an_edge_filter_is_three_wide_by_default(convolution):
    """Asked for no size, it is the filter of 3 by 3."""
    assert convolution.vertical_edge_filter() == same(np.tile([[[1.0]], [[0.0]], [[-1.0]]], (3, 1, 1, 1)))


@pytest.mark.parametrize("size", [1, 2, 4, -3])
def test_other_edge_filters_are_refused(convolution, size):
    """A size that is even or below 3 is a ValueError that names it."""
    with bad_input("size", size):
        convolution.vertical_edge_filter(size)
