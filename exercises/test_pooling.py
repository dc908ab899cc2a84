"""The public suite of `pooling`: small images, each window to be drawn around with a pencil."""

import numpy as np

from autograder import bad_input, close, points, same


def image(*rows):
    """One image of one channel."""
    return np.array(rows, dtype=np.float32)[None, :, :, None]


@points(2)
def test_the_largest_of_each_window(pooling):
    """Windows [1 2; 3 4] and [5 0; 0 0]: the largest are 4 and 5."""
    assert pooling.max_pool(image([1, 2, 5, 0], [3, 4, 0, 0])) == same(image([4, 5]))


@points(2)
def test_the_mean_of_each_window(pooling):
    """(1 + 2 + 3 + 4) / 4 = 2.5 and (5 + 0 + 0 + 3) / 4 = 2."""
    assert pooling.average_pool(image([1, 2, 5, 0], [3, 4, 0, 3])) == close(image([2.5, 2]))


def test_valid_leaves_the_rest_out(pooling):
    """VALID, 3 columns, window 2, stride 2: one window fits; the third column is left out."""
    assert pooling.max_pool(image([1, 2, 9], [3, 4, 9])) == same(image([4]))


def test_a_padded_pixel_is_never_the_largest(pooling):
    """SAME, 3 columns: the second window has the column -5, -6 alone. The largest there is -5, not 0."""
    answer = pooling.max_pool(image([-1, -2, -5], [-3, -4, -6]), padding="SAME")
    assert answer == same(image([-1, -5]))


def test_a_padded_pixel_is_not_counted(pooling):
    """SAME, 3 columns: the second window has two pixels, 6 and 8; their mean is 7, not 14 / 4."""
    assert pooling.average_pool(image([1, 2, 6], [3, 4, 8]), padding="SAME") == close(image([2.5, 7]))


def test_windows_may_overlap(pooling):
    """Window 3, stride 1 along a row of 4: two windows, [1 5 2] and [5 2 4]; the largest is 5 twice."""
    assert pooling.max_pool(image([1, 5, 2, 4]), window=(1, 3), strides=(1, 1)) == same(image([5, 5]))


def test_vertical_comes_first(pooling):
    """A window of (2, 1) is 2 high and 1 wide."""
    answer = pooling.max_pool(image([1, 2], [3, 0]), window=(2, 1), strides=(2, 1))
    assert answer == same(image([3, 2]))


def test_channels_are_kept_apart(pooling):
    """Two channels, 1 2 3 4 and 40 30 20 10: the largest are 4 and 40."""
    channels = np.array([[[1, 40], [2, 30]], [[3, 20], [4, 10]]], dtype=np.float32)[None]
    assert pooling.max_pool(channels) == same(np.array([[[[4, 40]]]]))


def test_wrong_arguments_are_named(pooling):
    """A stride of 0 or a padding that is not known is a ValueError that names it."""
    with bad_input("strides", (0, 1)):
        pooling.max_pool(image([1, 2]), strides=(0, 1))
    with bad_input("padding", "same"):
        pooling.average_pool(image([1, 2]), padding="same")
