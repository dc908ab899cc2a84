"""The public suite of `convolution`: filters of two or three weights, each sum written out."""

import numpy as np

from autograder import bad_input, close, points, same


def image(*rows):
    """One image of one channel."""
    return np.array(rows, dtype=np.float32)[None, :, :, None]


def one_filter(*rows):
    """One filter for one channel."""
    return np.array(rows, dtype=np.float32)[:, :, None, None]


def test_a_row(convolution):
    """[0 1 2 3] with [1 2]: 0*1 + 1*2 = 2, 1*1 + 2*2 = 5, 2*1 + 3*2 = 8."""
    row, kernel = np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 2.0])
    assert convolution.convolve_row(row, kernel) == close([2.0, 5.0, 8.0])


@points(2)
def test_one_patch(convolution):
    """One place: 1*10 + 2*20 + 3*30 + 4*40 = 300. The filter is not turned around."""
    answer = convolution.conv2d(image([1, 2], [3, 4]), one_filter([10, 20], [30, 40]), padding="VALID")
    assert answer == close(image([300]))


def test_valid_slides_inside(convolution):
    """A filter [1 -1] on [5 3 3 7]: 5-3 = 2, 3-3 = 0, 3-7 = -4."""
    answer = convolution.conv2d(image([5, 3, 3, 7]), one_filter([1, -1]), padding="VALID")
    assert answer == close(image([2, 0, -4]))


def test_same_pads_with_zeros(convolution):
    """SAME, filter [1 1 1] on [1 2 3]: 0+1+2 = 3, 1+2+3 = 6, 2+3+0 = 5."""
    assert convolution.conv2d(image([1, 2, 3]), one_filter([1, 1, 1])) == close(image([3, 6, 5]))


def test_the_odd_zero_goes_after(convolution):
    """SAME, filter [1 10] on [1 2 3]: 1+20 = 21, 2+30 = 32, 3+0 = 3."""
    assert convolution.conv2d(image([1, 2, 3]), one_filter([1, 10])) == close(image([21, 32, 3]))


def test_strides_skip_places(convolution):
    """Strides (1, 2), filter [1 1] on [1 2 3 4]: 1+2 = 3 and 3+4 = 7."""
    answer = convolution.conv2d(image([1, 2, 3, 4]), one_filter([1, 1]), strides=(1, 2), padding="VALID")
    assert answer == close(image([3, 7]))


@points(2)
def test_the_depth_is_added_up(convolution):
    """One pixel with channels 1 2 3, two filters 1 1 1 and 1 0 -1: 1+2+3 = 6 and 1-3 = -2; biases 10, 20."""
    pixel = np.array([1.0, 2.0, 3.0]).reshape(1, 1, 1, 3)
    filters = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, -1.0]]).reshape(1, 1, 3, 2)
    answer = convolution.conv2d(pixel, filters, np.array([10.0, 20.0]))
    assert answer == close(np.array([16.0, 18.0]).reshape(1, 1, 1, 2))


def test_vertical_edges(convolution):
    """Light to dark is positive, dark to light negative, no change zero."""
    edges = convolution.vertical_edge_filter()
    assert edges == same(one_filter([1, 0, -1], [1, 0, -1], [1, 0, -1]))


def test_wrong_arguments_are_named(convolution):
    """A filter for two channels on an image of one is a ValueError; so is a stride of 0."""
    with bad_input("filters", (1, 1, 2, 1)):
        convolution.conv2d(image([1, 2]), np.ones((1, 1, 2, 1)))
    with bad_input("strides", (0, 1)):
        convolution.conv2d(image([1, 2]), one_filter([1]), strides=(0, 1))
