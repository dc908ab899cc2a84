"""The public suite of `padding`: what to get right first, each case small enough for pencil and paper."""

import numpy as np

from autograder import bad_input, expect_array, points, same


def a_row(*pixels):
    """One image of one row, with one channel."""
    return np.array(pixels).reshape(1, 1, -1, 1)


@points(2)
def test_valid_padding_shrinks(padding):
    """VALID: a kernel of 3 fits into a row of 5 in 5 - 3 + 1 = 3 positions."""
    assert padding.output_size(5, 3, 1, "VALID") == same(3)


def test_stride_skips_positions(padding):
    """VALID with stride 2: positions begin at pixels 0, 2 and 4 of 7, as ceil((7 - 3 + 1) / 2) = 3."""
    assert padding.output_size(7, 3, 2, "VALID") == same(3)


def test_pixels_may_be_left_over(padding):
    """VALID with stride 2: of 8 pixels the last is not used, as ceil((8 - 3 + 1) / 2) = 3."""
    assert padding.output_size(8, 3, 2, "VALID") == same(3)


def test_same_padding_ignores_the_kernel(padding):
    """SAME: the output has ceil(size / strides) positions, here ceil(5 / 2) = 3, for any kernel."""
    assert padding.output_size(5, 3, 2, "SAME") == same(3)
    assert padding.output_size(5, 4, 2, "SAME") == same(3)
    assert padding.output_size(5, 9, 2, "SAME") == same(3)


def test_dilation_spreads_the_weights(padding):
    """Weights 2 pixels apart: 3 of them cover (3 - 1) * 2 + 1 = 5 pixels, so 7 give 7 - 5 + 1 = 3 positions."""
    assert padding.output_size(7, 3, 1, "VALID", dilation_rate=2) == same(3)
    assert padding.output_size(7, 3, 1, "SAME", dilation_rate=2) == same(7)


def test_dilation_of_an_even_kernel(padding):
    """4 weights 3 pixels apart cover (4 - 1) * 3 + 1 = 10 pixels, so 20 give 20 - 10 + 1 = 11 positions."""
    assert padding.output_size(20, 4, 1, "VALID", dilation_rate=3) == same(11)


def test_a_window_that_just_fits(padding):
    """5 weights have one position in 5 pixels, and 3 weights two positions in 4."""
    assert padding.output_size(5, 5, 1, "VALID") == same(1)
    assert padding.output_size(4, 3, 1, "VALID") == same(2)


def test_long_rows(padding):
    """300 pixels, kernel 7, stride 4: ceil((300 - 7 + 1) / 4) = 74; SAME: ceil(300 / 4) = 75, 3 zeros."""
    assert padding.output_size(300, 7, 4, "VALID") == same(74)
    assert padding.output_size(300, 7, 4, "SAME") == same(75)
    assert padding.same_padding(300, 7, 4) == same((1, 2))


def test_wrong_arguments_are_named(padding):
    """A stride of 0 goes nowhere: ValueError, and its message says `strides` and 0."""
    with bad_input("strides", 0):
        padding.output_size(5, 3, 0, "SAME")
    with bad_input("strides", 0):
        padding.same_padding(5, 3, 0)
    with bad_input("padding", "FULL"):
        padding.output_size(5, 3, 1, "FULL")


def test_a_window_that_does_not_fit(padding):
    """VALID: 5 weights do not fit into 3 pixels, and 3 weights 2 apart cover (3 - 1) * 2 + 1 = 5: ValueError."""
    with bad_input("kernel_size", 5):
        padding.output_size(3, 5, 1, "VALID")
    with bad_input("kernel_size", 3):
        padding.output_size(4, 3, 1, "VALID", dilation_rate=2)


@points(2)
def test_even_padding_is_shared(padding):
    """SAME, 5 pixels, kernel 3, stride 1: 4 * 1 + 3 - 5 = 2 zeros, one at each end."""
    assert padding.same_padding(5, 3, 1) == same((1, 1))


def test_odd_padding_goes_after(padding):
    """SAME, 6 pixels, kernel 3, stride 2: 2 * 2 + 3 - 6 = 1 zero, and it goes after the row."""
    assert padding.same_padding(6, 3, 2) == same((0, 1))


def test_an_even_kernel(padding):
    """SAME, 5 pixels, kernel 4, stride 1: 4 * 1 + 4 - 5 = 3 zeros, one before the row and two after it."""
    assert padding.same_padding(5, 4, 1) == same((1, 2))


def test_padding_depends_on_what_is_left_over(padding):
    """SAME, kernel 5, stride 3: 7 pixels need 2 * 3 + 5 - 7 = 4 zeros, 6 pixels 1 * 3 + 5 - 6 = 2."""
    assert padding.same_padding(7, 5, 3) == same((2, 2))
    assert padding.same_padding(6, 5, 3) == same((1, 1))


def test_padding_is_never_negative(padding):
    """SAME, 6 pixels, kernel 1, stride 3: 1 * 3 + 1 - 6 = -2, so nothing is missing: no zeros."""
    assert padding.same_padding(6, 1, 3) == same((0, 0))


def test_pad_images_puts_zeros_around(padding):
    """((top, bottom), (left, right)) = ((0, 1), (1, 0)): a row of zeros below, a column at the left."""
    image = np.array([[1, 2], [3, 4]], dtype=np.float32).reshape(1, 2, 2, 1)
    padded = np.array([[0, 1, 2], [0, 3, 4], [0, 0, 0]], dtype=np.float32).reshape(1, 3, 3, 1)
    assert padding.pad_images(image, ((0, 1), (1, 0))) == same(padded)


def test_pad_images_leaves_batch_and_channels(padding):
    """2 images of 3 by 4 pixels, 1 row above and 2 columns right: 3 + 1 by 4 + 2 pixels, 2 images as before."""
    padded = np.zeros((2, 4, 6, 5))
    padded[:, 1:, :4] = 1
    assert padding.pad_images(np.ones((2, 3, 4, 5)), ((1, 0), (0, 2))) == same(padded)


def test_pad_images_on_all_sides(padding):
    """One row above and below, two columns left and right: 1 pixel becomes 3 rows of 5."""
    padded = np.zeros((1, 3, 5, 1))
    padded[0, 1, 2, 0] = 7
    assert padding.pad_images(np.full((1, 1, 1, 1), 7.0), ((1, 1), (2, 2))) == same(padded)


def test_numbers_stay_what_they_are(padding):
    """0.1, one million and one trillionth stay exactly what they are, in float64 too."""
    assert padding.pad_images(a_row(0.1, 1e6, 1e-12), ((0, 0), (0, 1))) == same(a_row(0.1, 1e6, 1e-12, 0))
    assert padding.crop_or_pad(a_row(0.1, 1e6, 1e-12), 1, 4) == same(a_row(0.1, 1e6, 1e-12, 0))


def test_the_dtype_is_kept(padding):
    """Images of uint8, the bytes of a photograph, stay uint8: zeros that are put around them are uint8 too."""
    image = np.array([7, 255], np.uint8).reshape(1, 1, 2, 1)
    # One after the other: the line to edit is that of the last call.
    for function, arguments in ((padding.pad_images, [((0, 0), (1, 0))]), (padding.crop_or_pad, [1, 3])):
        dtype = expect_array(function(image, *arguments), (1, 1, 3, 1)).dtype
        assert dtype == np.uint8, f"the images are uint8, the answer is {dtype}"


def test_an_empty_batch(padding):
    """No images of 2 by 3 pixels become no images of 3 by 3 pixels."""
    none = np.zeros((0, 2, 3, 1))
    assert padding.pad_images(none, ((1, 0), (0, 0))) == same(np.zeros((0, 3, 3, 1)))
    assert padding.crop_or_pad(none, 3, 3) == same(np.zeros((0, 3, 3, 1)))


def test_negative_padding_is_refused(padding):
    """No image has -1 rows of padding: ValueError, and its message says `padding` and -1."""
    with bad_input("padding", -1):
        padding.pad_images(np.ones((1, 2, 2, 1)), ((0, -1), (0, 0)))


def test_crop_or_pad_is_centred(padding):
    """From 4 pixels to 2 the middle two stay; from 2 to 4 a zero comes in at each end."""
    assert padding.crop_or_pad(a_row(1, 2, 3, 4), 1, 2) == same(a_row(2, 3))
    assert padding.crop_or_pad(a_row(2, 3), 1, 4) == same(a_row(0, 2, 3, 0))


def test_the_extra_pixel_is_at_the_end(padding):
    """From 5 pixels to 2, one goes at the left and two at the right; from 2 to 5, one zero left, two right."""
    assert padding.crop_or_pad(a_row(1, 2, 3, 4, 5), 1, 2) == same(a_row(2, 3))
    assert padding.crop_or_pad(a_row(2, 3), 1, 5) == same(a_row(0, 2, 3, 0, 0))


def test_a_high_and_a_wide_image(padding):
    """8 rows of 2 become 3 rows of 7: rows 3 to 5 stay, 2 columns come in left, 3 right. 4 of 7 become 17 of 2."""
    pixels = np.arange(1.0, 17.0).reshape(1, 8, 2, 1)
    cropped = np.zeros((1, 3, 7, 1))
    cropped[:, :, 2:4] = pixels[:, 2:5]
    assert padding.crop_or_pad(pixels, 3, 7) == same(cropped)
    pixels = np.arange(1.0, 29.0).reshape(1, 4, 7, 1)
    padded = np.zeros((1, 17, 2, 1))
    padded[:, 6:10] = pixels[:, :, 2:4]
    assert padding.crop_or_pad(pixels, 17, 2) == same(padded)


def test_each_axis_on_its_own(padding):
    """From 1 row of 4 pixels to 3 rows of 2: the height is padded while the width is cropped."""
    rows = np.array([[0, 0], [2, 3], [0, 0]]).reshape(1, 3, 2, 1)
    assert padding.crop_or_pad(a_row(1, 2, 3, 4), 3, 2) == same(rows)


def test_no_image_has_a_height_of_0(padding):
    """A height of 0 is a ValueError, and its message says `height` and 0."""
    with bad_input("height", 0):
        padding.crop_or_pad(np.ones((1, 2, 2, 1)), 0, 2)
