"""The public suite of `padding`: what to get right first, each case small enough for pencil and paper."""

import numpy as np

from autograder import bad_input, points, same


@points(2)
def test_valid_padding_shrinks(padding):
    """VALID: a kernel of 3 fits into a row of 5 in 5 - 3 + 1 = 3 places."""
    assert padding.output_size(5, 3, 1, "VALID") == same(3)


def test_stride_skips_places(padding):
    """VALID with stride 2: places begin at pixels 0, 2 and 4 of 7, and 4 + 3 = 7 still fits."""
    assert padding.output_size(7, 3, 2, "VALID") == same(3)


def test_same_padding_ignores_the_kernel(padding):
    """SAME: the output has ceil(size / stride) places, here ceil(5 / 2) = 3, for any kernel."""
    assert padding.output_size(5, 3, 2, "SAME") == same(3)
    assert padding.output_size(5, 4, 2, "SAME") == same(3)


def test_dilation_widens_the_kernel(padding):
    """Taps 2 apart: 3 taps cover (3 - 1) * 2 + 1 = 5 pixels, so 7 pixels give 7 - 5 + 1 = 3 places."""
    assert padding.output_size(7, 3, 1, "VALID", dilation=2) == same(3)


def test_wrong_arguments_are_named(padding):
    """A stride of 0 goes nowhere: ValueError, and its message says `stride` and 0."""
    with bad_input("stride", 0):
        padding.output_size(5, 3, 0, "SAME")
    with bad_input("padding", "FULL"):
        padding.output_size(5, 3, 1, "FULL")


@points(2)
def test_even_padding_is_shared(padding):
    """SAME, 5 pixels, kernel 3, stride 1: 4 * 1 + 3 - 5 = 2 zeros, one at each end."""
    assert padding.same_padding(5, 3, 1) == same((1, 1))


def test_odd_padding_goes_after(padding):
    """SAME, 6 pixels, kernel 3, stride 2: 2 * 2 + 3 - 6 = 1 zero, and it goes after the row."""
    assert padding.same_padding(6, 3, 2) == same((0, 1))


def test_pad_images_puts_zeros_around(padding):
    """((top, bottom), (left, right)) = ((0, 1), (1, 0)): a row of zeros below, a column at the left."""
    image = np.array([[1, 2], [3, 4]], dtype=np.float32).reshape(1, 2, 2, 1)
    padded = np.array([[0, 1, 2], [0, 3, 4], [0, 0, 0]], dtype=np.float32).reshape(1, 3, 3, 1)
    assert padding.pad_images(image, ((0, 1), (1, 0))) == same(padded)


def test_crop_or_pad_is_centred(padding):
    """From 4 pixels to 2 the middle two stay; from 2 to 4 a zero comes in at each end."""
    row = np.array([1, 2, 3, 4]).reshape(1, 1, 4, 1)
    assert padding.crop_or_pad(row, 1, 2) == same(np.array([2, 3]).reshape(1, 1, 2, 1))
    middle = np.array([2, 3]).reshape(1, 1, 2, 1)
    assert padding.crop_or_pad(middle, 1, 4) == same(np.array([0, 2, 3, 0]).reshape(1, 1, 4, 1))
