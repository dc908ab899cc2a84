"""The hidden suite of `padding`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, expect_array, points, proves, same
from tests.oracles import padding as oracle
from tests.strategies import few, images, kernels, paddings, sizes, strides

long_sizes, long_kernels, long_strides = st.integers(1, 300), st.integers(1, 90), st.integers(1, 70)
dilation_rates = st.integers(1, 4)
pairs_of_pairs = st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2)

# Neither whole numbers nor float16 nor float32 hold all of them.
NUMBERS = np.array([0.1, -0.0, 1 / 3, -2.5, 1e6 + 0.1, -1e6, 1e-12, -3e-12, 0.7, 255.5, -1 / 7])
SHAPES = [(2, 3, 65, 4), (4, 300, 2, 3), (3, 5, 4, 1)]
BOTH = pytest.mark.parametrize("dtype", [np.uint8, np.float32])


def real_images(shape):
    """Images of these numbers, in float64."""
    return np.random.default_rng(1).choice(NUMBERS, shape)


def keeps_the_dtype(answer, expected):
    """Check the numbers, and that they have the dtype of the images."""
    assert answer == same(expected)
    dtype = expect_array(answer, expected.shape).dtype
    assert dtype == expected.dtype, f"the images are {expected.dtype}, the answer is {dtype}"


@st.composite
def windows(draw, sizes, kernels, strides, dilation_rates):
    """The arguments of `output_size`: under VALID, the window fits into the row."""
    kernel_size, kind, dilation_rate = draw(kernels), draw(paddings), draw(dilation_rates)
    size = draw(sizes) + (kernel_size - 1) * dilation_rate * (kind == "VALID")
    return size, kernel_size, draw(strides), kind, dilation_rate


@proves("output_size")
@points(2)
@given(window=windows(sizes, kernels, strides, st.just(1)))
def test_output_size_counts_positions(padding, window):
    """The positions are ceil(size / strides) for SAME, ceil((size - kernel_size + 1) / strides) for VALID."""
    assert padding.output_size(*window[:4]) == same(oracle.output_size(*window))


@proves("output_size")
@given(window=windows(sizes, kernels, strides, dilation_rates))
def test_dilation_spreads_the_weights(padding, window):
    """A dilated kernel covers (kernel_size - 1) * dilation_rate + 1 pixels; SAME does not depend on it."""
    assert padding.output_size(*window) == same(oracle.output_size(*window))


@proves("output_size")
@given(window=windows(long_sizes, long_kernels, long_strides, dilation_rates))
def test_output_size_of_long_rows(padding, window):
    """The formulas are the same for rows of hundreds of pixels, large kernels and large strides."""
    assert padding.output_size(*window) == same(oracle.output_size(*window))


@proves("output_size")
@few
@given(window=windows(sizes, kernels, st.just(1), st.just(1)))
def test_output_size_at_stride_one(padding, window):
    """With stride 1, SAME keeps the size and VALID takes away kernel_size - 1."""
    size, kernel_size, _, kind, _ = window
    expected = size if kind == "SAME" else size - kernel_size + 1
    assert padding.output_size(size, kernel_size, 1, kind) == same(expected)


def test_same_lets_the_kernel_be_larger_than_the_image(padding):
    """SAME has ceil(size / strides) positions though the kernel is larger than the image: zeros make room."""
    assert padding.output_size(size=3, kernel_size=7, strides=2, padding="SAME") == same(2)
    assert padding.output_size(size=2, kernel_size=3, strides=1, padding="SAME", dilation_rate=4) == same(2)


@proves("same_padding")
@points(2)
@given(size=sizes, kernel_size=kernels, stride=strides)
def test_same_padding_is_what_the_last_position_lacks(padding, size, kernel_size, stride):
    """The zeros are what the last position needs beyond the row, the odd one after it, never fewer than 0."""
    expected = oracle.same_padding(size, kernel_size, stride)
    assert padding.same_padding(size, kernel_size, stride) == same(expected)


@proves("same_padding")
@given(size=long_sizes, kernel_size=long_kernels, stride=long_strides)
def test_same_padding_of_long_rows(padding, size, kernel_size, stride):
    """The formula is the same for rows of hundreds of pixels, large kernels and large strides."""
    expected = oracle.same_padding(size, kernel_size, stride)
    assert padding.same_padding(size, kernel_size, stride) == same(expected)


@proves("same_padding")
@few
@given(size=sizes, half=st.integers(0, 5))
def test_same_padding_at_stride_one(padding, size, half):
    """An odd kernel at stride 1 needs half of kernel_size - 1 zeros at each end: 0, 1, 2, ..."""
    assert padding.same_padding(size, 2 * half + 1, 1) == same((half, half))


def test_a_stride_beyond_the_kernel(padding):
    """Kernel 1, stride 3, 6 pixels: the last position begins at 3 and needs no pixel that is not there."""
    assert padding.same_padding(6, 1, 3) == same((0, 0))
    assert padding.same_padding(size=200, kernel_size=2, strides=100) == same((0, 0))


@proves("pad_images")
@points(2)
@given(batch=images(), amounts=pairs_of_pairs)
def test_pad_images_moves_no_pixel(padding, batch, amounts):
    """((top, bottom), (left, right)): the image stands `top` down and `left` right, zeros all around."""
    assert padding.pad_images(batch, amounts) == same(oracle.pad_images(batch, amounts))


@proves("pad_images")
@pytest.mark.parametrize("shape", SHAPES)
def test_pad_images_changes_no_number(padding, shape):
    """Fractions, large and small numbers come through unchanged."""
    batch, amounts = real_images(shape), ((2, 1), (0, 4))
    assert padding.pad_images(batch, amounts) == same(oracle.pad_images(batch, amounts))


@proves("pad_images")
@BOTH
def test_pad_images_keeps_the_dtype(padding, dtype):
    """Pixels of 0 to 255 stay uint8, and float32 does not become float64."""
    batch, amounts = np.array([0, 7, 255, 2], dtype).reshape(1, 2, 2, 1), ((1, 0), (0, 2))
    keeps_the_dtype(padding.pad_images(batch, amounts), oracle.pad_images(batch, amounts))


@proves("crop_or_pad")
@points(2)
@given(batch=images(), height=st.integers(1, 9), width=st.integers(1, 9))
def test_crop_or_pad_keeps_the_middle(padding, batch, height, width):
    """Each axis is cropped or padded on its own, centred, the odd pixel at the end."""
    assert padding.crop_or_pad(batch, height, width) == same(oracle.crop_or_pad(batch, height, width))


@proves("crop_or_pad")
@given(batch=images(), more=st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_cropping_undoes_padding(padding, batch, more):
    """Padding to a larger size and cropping back gives the same images."""
    count, height, width, channels = batch.shape
    shape = (count, height + more[0], width + more[1], channels)
    larger = expect_array(padding.crop_or_pad(batch, *shape[1:3]), shape)
    assert padding.crop_or_pad(larger, height, width) == same(batch)


@proves("crop_or_pad")
@pytest.mark.parametrize("shape", SHAPES)
def test_crop_or_pad_changes_no_number(padding, shape):
    """Fractions, large and small numbers come through unchanged."""
    batch = real_images(shape)
    assert padding.crop_or_pad(batch, 67, 3) == same(oracle.crop_or_pad(batch, 67, 3))
    assert padding.crop_or_pad(batch, height=2, width=90) == same(oracle.crop_or_pad(batch, 2, 90))


@proves("crop_or_pad")
@BOTH
def test_crop_or_pad_keeps_the_dtype(padding, dtype):
    """Pixels of 0 to 255 stay uint8, and float32 does not become float64."""
    batch = np.array([0, 7, 255, 2, 9, 1], dtype).reshape(1, 3, 2, 1)
    keeps_the_dtype(padding.crop_or_pad(batch, 2, 5), oracle.crop_or_pad(batch, 2, 5))


def test_an_empty_batch(padding):
    """Any number of images may come, none too."""
    none = np.zeros((0, 5, 4, 3))
    assert padding.pad_images(none, ((1, 2), (3, 0))) == same(np.zeros((0, 8, 7, 3)))
    assert padding.crop_or_pad(none, 3, 6) == same(np.zeros((0, 3, 6, 3)))


def test_numbers_below_one_are_refused(padding):
    """A size, kernel_size, strides or dilation_rate below 1 is a ValueError that names it and its value."""
    for value in (0, -2):
        for argument in ("size", "kernel_size", "strides"):
            arguments = {"size": 5, "kernel_size": 3, "strides": 1, argument: value}
            with bad_input(argument, value):
                padding.same_padding(**arguments)
            with bad_input(argument, value):
                padding.output_size(**arguments, padding="VALID")
        with bad_input("dilation_rate", value):
            padding.output_size(5, 3, 1, "SAME", dilation_rate=value)


def test_a_window_that_does_not_fit_is_refused(padding):
    """VALID: a window that covers more pixels than there are is a ValueError, and so is another padding."""
    for size, kernel_size, dilation_rate in ((3, 5, 1), (4, 5, 1), (6, 3, 3), (9, 2, 9), (200, 300, 1)):
        with bad_input("kernel_size", kernel_size):
            padding.output_size(size, kernel_size, 2, "VALID", dilation_rate)
    # Before and after both names in the alphabet.
    for other in ("FULL", "same "):
        with bad_input("padding", other):
            padding.output_size(5, 3, 1, other)


def test_impossible_images_are_refused(padding):
    """Fewer than 0 pixels of padding, and a height or width below 1, are ValueErrors that name them."""
    batch = np.ones((1, 2, 2, 1))
    for amounts in (((-1, 0), (0, 0)), ((0, -1), (0, 0)), ((0, 0), (-1, 0)), ((0, 0), (0, -1))):
        with bad_input("padding", -1):
            padding.pad_images(batch, amounts)
    for value in (0, -2):
        with bad_input("height", value):
            padding.crop_or_pad(batch, value, 2)
        with bad_input("width", value):
            padding.crop_or_pad(batch, 2, value)
