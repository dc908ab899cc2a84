"""The hidden suite of `padding`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, expect_array, points, proves, same
from tests.oracles import padding as oracle
from tests.strategies import few, images, kernels, paddings, sizes, strides

dilations = st.integers(1, 3)


@proves("output_size")
@points(2)
@given(size=sizes, kernel=kernels, stride=strides, kind=paddings)
def test_output_size_is_tensorflows(padding, size, kernel, stride, kind):
    """The number of places is ceil(size / stride) for SAME, ceil((size - kernel + 1) / stride) for VALID."""
    assert padding.output_size(size, kernel, stride, kind) == same(
        oracle.output_size(size, kernel, stride, kind)
    )


@proves("output_size")
@given(size=sizes, kernel=kernels, stride=strides, kind=paddings, dilation=dilations)
def test_dilation_spreads_the_taps(padding, size, kernel, stride, kind, dilation):
    """A dilated kernel covers (kernel - 1) * dilation + 1 pixels."""
    assert padding.output_size(size, kernel, stride, kind, dilation) == same(
        oracle.output_size(size, kernel, stride, kind, dilation)
    )


def test_kernel_larger_than_the_image(padding):
    """VALID: a kernel that does not fit has 0 places, never a negative number of them."""
    assert padding.output_size(3, 5, 1, "VALID") == same(0)
    assert padding.output_size(3, 7, 2, "VALID") == same(0)


@proves("same_padding")
@points(2)
@given(size=sizes, kernel=kernels, stride=strides)
def test_same_padding_is_tensorflows(padding, size, kernel, stride):
    """SAME padding is what the last place needs beyond the row, the odd pixel after it, never negative."""
    assert padding.same_padding(size, kernel, stride) == same(oracle.same_padding(size, kernel, stride))


@proves("output_size")
@few
@given(size=sizes, kernel=kernels, kind=paddings)
def test_output_size_at_stride_one(padding, size, kernel, kind):
    """With SAME padding the size stays; with VALID padding, kernel - 1 places are lost, but never more than all."""
    expected = size if kind == "SAME" else max(size - kernel + 1, 0)
    assert padding.output_size(size, kernel, 1, kind) == same(expected)


@proves("same_padding")
@few
@given(size=sizes, half=st.integers(0, 5))
def test_same_padding_at_stride_one(padding, size, half):
    """An odd kernel at stride 1 needs half of what is left of it on each side: none, 1, 2, ..."""
    assert padding.same_padding(size, 2 * half + 1, 1) == same((half, half))


def test_stride_beyond_the_kernel(padding):
    """Kernel 1, stride 3, 6 pixels: the last place begins at 3 and needs no pixel that is not there."""
    assert padding.same_padding(6, 1, 3) == same((0, 0))


@pytest.mark.parametrize("argument", ["size", "kernel", "stride"])
@pytest.mark.parametrize("value", [0, -2])
def test_numbers_below_one_are_refused(padding, argument, value):
    """A size, kernel or stride below 1 is a ValueError that names the argument and its value."""
    arguments = {"size": 5, "kernel": 3, "stride": 1, argument: value}
    with bad_input(argument, value):
        padding.same_padding(**arguments)
    with bad_input(argument, value):
        padding.output_size(**arguments, padding="VALID")


def test_other_bad_arguments_are_refused(padding):
    """A dilation below 1 and a padding that is neither SAME nor VALID are ValueErrors that name them."""
    with bad_input("dilation", 0):
        padding.output_size(5, 3, 1, "SAME", dilation=0)
    # Before and after both names in the alphabet.
    for other in ("FULL", "same "):
        with bad_input("padding", other):
            padding.output_size(5, 3, 1, other)


@proves("pad_images")
@given(batch=images(), padded=st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2))
def test_pad_images_moves_no_pixel(padding, batch, padded):
    """((top, bottom), (left, right)): the image stands `top` down and `left` right, zeros all around."""
    (top, bottom), (left, right) = padded
    count, height, width, channels = batch.shape
    expected = np.zeros((count, top + height + bottom, left + width + right, channels), batch.dtype)
    expected[:, top : top + height, left : left + width] = batch
    assert padding.pad_images(batch, padded) == same(expected)


def test_negative_padding_is_refused(padding):
    """Padding of -1 pixel, wherever it is, is a ValueError that names `padding` and -1."""
    for amounts in (((-1, 0), (0, 0)), ((0, -1), (0, 0)), ((0, 0), (-1, 0)), ((0, 0), (0, -1))):
        with bad_input("padding", -1):
            padding.pad_images(np.ones((1, 2, 2, 1)), amounts)


@proves("crop_or_pad")
@points(2)
@given(batch=images(), height=st.integers(1, 9), width=st.integers(1, 9))
def test_crop_or_pad_is_tensorflows(padding, batch, height, width):
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


@pytest.mark.parametrize("argument", ["height", "width"])
def test_no_empty_images(padding, argument):
    """A height or width of 0 is a ValueError that names it."""
    with bad_input(argument, 0):
        padding.crop_or_pad(np.ones((1, 2, 2, 1)), **{"height": 2, "width": 2, argument: 0})
