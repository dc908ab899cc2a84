"""The hidden suite of `pooling`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, points, proves, same
from tests.oracles import pooling as oracle
from tests.oracles.convolution import same_padding
from tests.strategies import images, seeds

pairs = st.tuples(st.integers(1, 4), st.integers(1, 4))
# From -1e12, so that no number that somebody might think of is small enough to stand for a padded pixel. The first is
# what the smallest failing example has.
SCALES = [1.0, 0.01, 1e6, 1e12, 1e-12]
# Shapes of images, pool sizes and strides: one long axis, or many channels.
LONG = [
    ((2, 65, 3, 2), (3, 2), (2, 1)),
    ((1, 4, 300, 1), (2, 70), (2, 5)),
    ((2, 3, 4, 300), (2, 3), (1, 1)),
]
BOTH = pytest.mark.parametrize("name", ["max_pool", "average_pool"])


@st.composite
def pools(draw):
    """Images, pool size, strides and padding. The window fits, and sees at least one pixel wherever it is."""
    batch, pool_size, strides = draw(images()), draw(pairs), draw(pairs)
    padding = []
    for size, window in zip(batch.shape[1:3], pool_size, strict=True):
        before = draw(st.integers(0, window - 1))
        padding.append((before, draw(st.integers(max(window - size - before, 0), window - 1))))
    return batch, pool_size, strides, tuple(padding)


def real_numbers(shape, scale, seed):
    """Fractions of both signs; some are 0 and -0."""
    rng = np.random.default_rng(seed)
    numbers = rng.normal(0, scale, shape)
    numbers[rng.random(shape) < 0.1] *= 0
    return numbers


@proves("max_pool")
@points(3)
@given(pool=pools())
def test_the_largest_of_the_pixels_that_exist(pooling, pool):
    """Each number is the largest pixel of its window and channel; a padded pixel does not exist."""
    assert pooling.max_pool(*pool) == same(oracle.max_pool(*pool))


@proves("average_pool")
@points(3)
@given(pool=pools())
def test_the_mean_of_the_pixels_that_exist(pooling, pool):
    """Each number is the mean of its window and channel, over the pixels that exist."""
    assert pooling.average_pool(*pool) == close(oracle.average_pool(*pool))


@proves("max_pool")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(pool=pools(), scale=st.sampled_from(SCALES), seed=seeds)
def test_the_largest_of_real_numbers(pooling, dtype, pool, scale, seed):
    """Fractions, large and small numbers, all of them negative too; float32 and float64."""
    whole, *arguments = pool
    batch = real_numbers(whole.shape, scale, seed)
    for numbers in (batch.astype(dtype), (-np.abs(batch) - scale).astype(dtype)):
        expected = oracle.max_pool(numbers, *arguments)
        assert pooling.max_pool(numbers, *arguments) == close(expected, rtol=1e-6, atol=0)


@proves("average_pool")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(pool=pools(), scale=st.sampled_from(SCALES), seed=seeds)
def test_the_mean_of_real_numbers(pooling, dtype, pool, scale, seed):
    """Fractions, large and small numbers, some of them 0; float32 and float64."""
    whole, *arguments = pool
    batch = real_numbers(whole.shape, scale, seed).astype(dtype)
    expected = oracle.average_pool(batch, *arguments)
    assert pooling.average_pool(batch, *arguments) == close(expected, atol=1e-5 * scale)


@proves("max_pool", "average_pool")
@points(2)
@given(batch=images(), pool_size=pairs, strides=pairs)
def test_same_padding(pooling, batch, pool_size, strides):
    """With the padding of `same_padding`, ceil(size / strides) windows remain, and every pixel is seen."""
    arguments = batch, pool_size, strides, same_padding(batch, pool_size, strides)
    assert pooling.max_pool(*arguments) == same(oracle.max_pool(*arguments))
    assert pooling.average_pool(*arguments) == close(oracle.average_pool(*arguments))


@proves("max_pool", "average_pool")
@points(2)
def test_long_images_and_many_channels(pooling):
    """Any height, width and number of channels."""
    for shape, pool_size, strides in LONG:
        batch = np.random.default_rng(3).integers(-99, 100, shape).astype(np.float32)
        arguments = batch, pool_size, strides, ((1, 0), (0, 1))
        assert pooling.max_pool(*arguments) == same(oracle.max_pool(*arguments))
        assert pooling.average_pool(*arguments) == close(oracle.average_pool(*arguments))


@proves("max_pool", "average_pool")
def test_the_usual_pooling_needs_no_arguments(pooling):
    """(2, 2), (2, 2) and no padding are the defaults: 5 by 7 pixels become 2 by 3."""
    batch = np.random.default_rng(4).integers(-9, 10, (2, 5, 7, 2)).astype(np.float32)
    usual = batch, (2, 2), (2, 2), ((0, 0), (0, 0))
    assert pooling.max_pool(batch) == same(oracle.max_pool(*usual))
    assert pooling.average_pool(batch) == close(oracle.average_pool(*usual))


@given(pool=pools())
def test_relu_and_max_pool_change_places(pooling, pool):
    """relu(max_pool(x)) == max_pool(relu(x))."""
    batch, *arguments = pool
    after = expect_array(pooling.max_pool(*pool), oracle.max_pool(*pool).shape)
    assert pooling.max_pool(np.maximum(batch, 0), *arguments) == same(np.maximum(after, 0))


@given(pool=pools())
def test_one_colour_stays(pooling, pool):
    """An image of one number everywhere keeps that number, whatever the padding."""
    batch, *arguments = pool
    expected = np.full(oracle.max_pool(*pool).shape, -3.0)
    assert pooling.max_pool(np.full_like(batch, -3), *arguments) == same(expected)
    assert pooling.average_pool(np.full_like(batch, -3), *arguments) == close(expected)


@given(batch=images())
def test_a_window_of_one_pixel_changes_nothing(pooling, batch):
    """Pool size (1, 1), strides (1, 1): the image itself."""
    assert pooling.max_pool(batch, (1, 1), (1, 1)) == same(batch)
    assert pooling.average_pool(batch, (1, 1), (1, 1)) == close(batch)


@proves("max_pool", "average_pool")
@given(batch=images())
def test_global_pooling(pooling, batch):
    """A window as large as the image leaves one number of each channel; so does a larger one, padded."""
    height, width = batch.shape[1:3]
    for rows, columns in (((0, 0), (0, 0)), ((1, 2), (2, 0))):
        window = height + sum(rows), width + sum(columns)
        largest, mean = (keep(batch, axis=(1, 2), keepdims=True) for keep in (np.max, np.mean))
        assert pooling.max_pool(batch, window, (5, 7), (rows, columns)) == same(largest)
        assert pooling.average_pool(batch, window, (5, 7), (rows, columns)) == close(mean)


@BOTH
def test_windows_that_do_not_fit_are_refused(pooling, name):
    """A window larger than the padded image is a ValueError; so is a window or a stride below 1."""
    pool = getattr(pooling, name)
    for arguments in (
        {"pool_size": (4, 1)},
        {"pool_size": (1, 5)},
        {"pool_size": (5, 5), "padding": ((1, 0), (1, 0))},
        {"pool_size": (0, 2)},
        {"pool_size": (2, -1)},
        {"strides": (0, 1)},
        {"strides": (1, -1)},
    ):
        with bad_input():
            pool(np.ones((1, 3, 4, 1)), **arguments)
