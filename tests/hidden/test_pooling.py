"""The hidden suite of `pooling`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same
from tests.oracles import pooling as oracle
from tests.strategies import images, paddings

windows = st.tuples(st.integers(1, 4), st.integers(1, 4))
strides_of_two = st.tuples(st.integers(1, 4), st.integers(1, 4))
# Height, width and channels all differ, and so do the two sides of the windows.
SETTINGS = [
    ((2, 5, 7, 3), (2, 2), (2, 2)),
    ((1, 8, 5, 2), (3, 2), (1, 3)),
    ((3, 4, 9, 1), (1, 4), (3, 2)),
    ((1, 6, 6, 2), (2, 3), (4, 5)),
]


@proves("max_pool")
@points(2)
@given(batch=images(), window=windows, strides=strides_of_two, padding=paddings)
def test_the_largest_of_the_pixels_that_exist(pooling, batch, window, strides, padding):
    """Each number is the largest pixel of its window and channel; a padded pixel does not exist."""
    expected = oracle.max_pool(batch, window, strides, padding)
    assert pooling.max_pool(batch, window, strides, padding) == same(expected)


@proves("average_pool")
@points(2)
@given(batch=images(), window=windows, strides=strides_of_two, padding=paddings)
def test_the_mean_of_the_pixels_that_exist(pooling, batch, window, strides, padding):
    """Each number is the mean of its window and channel, over the pixels that exist."""
    expected = oracle.average_pool(batch, window, strides, padding)
    assert pooling.average_pool(batch, window, strides, padding) == close(expected)


@proves("max_pool", "average_pool")
@pytest.mark.parametrize(("shape", "window", "strides"), SETTINGS)
@pytest.mark.parametrize("padding", ["SAME", "VALID"])
def test_pooling_is_tensorflows(pooling, shape, window, strides, padding):
    """The same numbers as tf.nn.max_pool2d and tf.nn.avg_pool2d."""
    batch = np.random.default_rng(3).integers(-9, 10, shape).astype(np.float32)
    arguments = (batch, window, strides, padding)
    assert pooling.max_pool(*arguments) == same(oracle.tensorflow_max_pool(*arguments))
    assert pooling.average_pool(*arguments) == close(oracle.tensorflow_average_pool(*arguments))


@proves("max_pool", "average_pool")
def test_the_usual_pooling_needs_no_arguments(pooling):
    """Window (2, 2), strides (2, 2), VALID are the defaults: 5 by 7 pixels become 2 by 3."""
    batch = np.random.default_rng(4).integers(-9, 10, (2, 5, 7, 2)).astype(np.float32)
    assert pooling.max_pool(batch) == same(oracle.max_pool(batch, (2, 2), (2, 2), "VALID"))
    assert pooling.average_pool(batch) == close(oracle.average_pool(batch, (2, 2), (2, 2), "VALID"))


@given(batch=images(), window=windows, strides=strides_of_two, padding=paddings)
def test_relu_and_max_pool_change_places(pooling, batch, window, strides, padding):
    """relu(max_pool(x)) == max_pool(relu(x))."""
    shape = oracle.max_pool(batch, window, strides, padding).shape
    after = expect_array(pooling.max_pool(batch, window, strides, padding), shape)
    assert pooling.max_pool(np.maximum(batch, 0), window, strides, padding) == same(np.maximum(after, 0))


@given(batch=images(), window=windows, strides=strides_of_two, padding=paddings)
def test_pooling_one_colour(pooling, batch, window, strides, padding):
    """An image of one number everywhere keeps that number, whatever the padding."""
    plain = np.full_like(batch, -3)
    expected = np.full(oracle.max_pool(batch, window, strides, padding).shape, -3.0)
    assert pooling.max_pool(plain, window, strides, padding) == same(expected)
    assert pooling.average_pool(plain, window, strides, padding) == close(expected)


@given(batch=images())
def test_a_window_of_one_pixel_changes_nothing(pooling, batch):
    """Window (1, 1), strides (1, 1): the image itself."""
    assert pooling.max_pool(batch, (1, 1), (1, 1)) == same(batch)
    assert pooling.average_pool(batch, (1, 1), (1, 1), "SAME") == close(batch)


def test_a_window_larger_than_the_image(pooling):
    """VALID has no place for it, so height or width is 0; SAME has one, which sees the whole image."""
    batch = np.arange(6, dtype=np.float32).reshape(1, 2, 3, 1) - 9
    assert pooling.max_pool(batch, (3, 2), (1, 1), "VALID") == same(np.zeros((1, 0, 2, 1)))
    assert pooling.average_pool(batch, (3, 4), (2, 2), "VALID") == same(np.zeros((1, 0, 0, 1)))
    assert pooling.max_pool(batch, (5, 7), (5, 7), "SAME") == same(np.full((1, 1, 1, 1), -4.0))
    assert pooling.average_pool(batch, (5, 7), (5, 7), "SAME") == close(np.full((1, 1, 1, 1), -6.5))


@pytest.mark.parametrize("name", ["max_pool", "average_pool"])
@pytest.mark.parametrize("argument", ["window", "strides"])
@pytest.mark.parametrize("value", [(0, 2), (2, 0), (-1, 1)])
def test_windows_and_strides_below_one_are_refused(pooling, name, argument, value):
    """A window or a stride below 1 is a ValueError that names the argument and its value."""
    with bad_input(argument, value):
        getattr(pooling, name)(np.ones((1, 4, 4, 1)), **{argument: value})


@pytest.mark.parametrize("name", ["max_pool", "average_pool"])
def test_other_paddings_are_refused(pooling, name):
    """A padding that is neither SAME nor VALID is a ValueError that names it."""
    with bad_input("padding", "FULL"):
        getattr(pooling, name)(np.ones((1, 4, 4, 1)), padding="FULL")
