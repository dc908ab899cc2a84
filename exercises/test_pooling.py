"""The public suite of `pooling`: small images, each window to be drawn around with a pencil."""

import numpy as np

from autograder import bad_input, close, points, same

# One pixel that does not exist, right of each row.
RIGHT = ((0, 0), (0, 1))


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


def test_the_rest_is_left_out(pooling):
    """No padding, 3 columns, window 2, stride 2: one window fits; the third column is left out."""
    batch = image([1, 2, 9], [3, 4, 9])
    assert pooling.max_pool(batch) == same(image([4]))
    assert pooling.average_pool(batch) == close(image([2.5]))


def test_a_padded_pixel_is_never_the_largest(pooling):
    """3 columns and one that does not exist: the second window has -5 and -6 alone. The largest is -5, not 0."""
    answer = pooling.max_pool(image([-1, -2, -5], [-3, -4, -6]), padding=RIGHT)
    assert answer == same(image([-1, -5]))


def test_not_even_among_very_small_numbers(pooling):
    """The second window has -3,000,000,000 alone: a padded pixel is smaller than that."""
    answer = pooling.max_pool(image([-1, -2, -3e9]), pool_size=(1, 2), padding=RIGHT)
    assert answer == close(image([-1, -3e9]))


def test_a_padded_pixel_is_not_counted(pooling):
    """The second window has two pixels, 6 and 8: (6 + 8) / 2 = 7. A window of 3 has 2 and 4: (2 + 4) / 2 = 3."""
    assert pooling.average_pool(image([1, 2, 6], [3, 4, 8]), padding=RIGHT) == close(image([2.5, 7]))
    assert pooling.average_pool(image([2, 4]), pool_size=(1, 3), padding=RIGHT) == close(image([3]))


def test_above_below_left_right(pooling):
    """One row above that does not exist: window (2, 1) sees [1], then [3 5]. One column left: [1], then [3 5]."""
    above, left = ((1, 0), (0, 0)), ((0, 0), (1, 0))
    column, row = image([1], [3], [5]), image([1, 3, 5])
    assert pooling.max_pool(column, (2, 1), (2, 1), above) == same(image([1], [5]))
    assert pooling.average_pool(column, (2, 1), (2, 1), above) == close(image([1], [4]))
    assert pooling.max_pool(row, (1, 2), (1, 2), left) == same(image([1, 5]))
    assert pooling.average_pool(row, (1, 2), (1, 2), left) == close(image([1, 4]))


def test_windows_may_overlap(pooling):
    """Window 3, stride 1 along a row of 4: [1 5 3] and [5 3 4]; the largest is 5 twice, the means are 3 and 4."""
    row = image([1, 5, 3, 4])
    assert pooling.max_pool(row, pool_size=(1, 3), strides=(1, 1)) == same(image([5, 5]))
    assert pooling.average_pool(row, pool_size=(1, 3), strides=(1, 1)) == close(image([3, 4]))


def test_height_comes_first(pooling):
    """A window of (2, 1) is 2 high and 1 wide; strides of (2, 1) go 2 down and 1 to the right."""
    batch = image([1, 2], [3, 0])
    assert pooling.max_pool(batch, pool_size=(2, 1), strides=(2, 1)) == same(image([3, 2]))
    assert pooling.average_pool(batch, pool_size=(2, 1), strides=(2, 1)) == close(image([2, 1]))
    column = image([1], [2], [3], [4])
    assert pooling.max_pool(column, pool_size=(1, 1), strides=(3, 2)) == same(image([1], [4]))


def test_channels_are_kept_apart(pooling):
    """Two channels, 1 2 3 4 and 40 30 20 10: the largest are 4 and 40, the means 2.5 and 25."""
    channels = np.array([[[1, 40], [2, 30]], [[3, 20], [4, 10]]], dtype=np.float32)[None]
    assert pooling.max_pool(channels) == same(np.array([[[[4, 40]]]]))
    assert pooling.average_pool(channels) == close(np.array([[[[2.5, 25]]]]))


def test_three_images_of_three_channels(pooling):
    """Pixels n and n + 2 in image n, ten times as much in each further channel: the mean is n + 1, times 1, 10, 100."""
    numbers = np.arange(3.0).reshape(3, 1, 1, 1) * [1.0, 10.0, 100.0]
    batch = np.concatenate([numbers, numbers + 2 * np.array([1.0, 10.0, 100.0])], axis=2)
    assert pooling.average_pool(batch, (1, 2), (1, 2)) == close(numbers + np.array([1.0, 10.0, 100.0]))


def test_images_are_kept_apart(pooling):
    """A batch of two images, 1 2 and 4 8: the largest are 2 and 8, the means 1.5 and 6."""
    batch = np.array([1, 2, 4, 8], dtype=np.float32).reshape(2, 1, 2, 1)
    assert pooling.max_pool(batch, pool_size=(1, 2)) == same(np.array([2, 8]).reshape(2, 1, 1, 1))
    assert pooling.average_pool(batch, pool_size=(1, 2)) == close(np.array([1.5, 6]).reshape(2, 1, 1, 1))


def test_fractions(pooling):
    """Of 0.25 and 0.75: the largest is 0.75, the mean 0.5. Of 70000 and 70001: 70001 and 70000.5."""
    row = image([0.25, 0.75, 70000, 70001])
    assert pooling.max_pool(row, pool_size=(1, 2)) == close(image([0.75, 70001]))
    assert pooling.average_pool(row, pool_size=(1, 2)) == close(image([0.5, 70000.5]))


def test_windows_that_do_not_fit(pooling):
    """ValueError: a window of 3 on a row of 2, a window or a stride of 0."""
    for pool in (pooling.max_pool, pooling.average_pool):
        for pool_size, strides in (((1, 3), (1, 1)), ((0, 1), (1, 1)), ((1, 1), (0, 1))):
            with bad_input():
                pool(image([1, 2]), pool_size, strides)
