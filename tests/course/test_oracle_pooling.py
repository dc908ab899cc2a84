"""The oracle of `pooling` gives the answers of TensorFlow."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from tests.oracles import pooling as oracle
from tests.oracles.convolution import same_padding

# Of each kind of padding: nothing, SAME, pixels.
CASES = 400
NO_PADDING = ((0, 0), (0, 0))


def pool(rng, with_padding):
    """Random images, pool size and strides; without padding, the window fits into the images."""
    batch, channels = rng.integers(1, 4, 2)
    pool_size, strides = (rng.integers(1, 5, 2).tolist() for _ in range(2))
    images = rng.normal(size=(batch, *rng.integers([1, 1] if with_padding else pool_size, 9), channels))
    return images, pool_size, strides


@pytest.mark.parametrize("padding", ["VALID", "SAME"])
def test_pooling_is_tensorflows(padding):
    rng = np.random.default_rng(1)
    for _ in range(CASES):
        case = pool(rng, padding == "SAME")
        pixels = same_padding(*case) if padding == "SAME" else NO_PADDING
        arguments = tf.constant(case[0]), *case[1:], padding
        largest, mean = tf.nn.max_pool2d(*arguments), tf.nn.avg_pool2d(*arguments)
        np.testing.assert_array_equal(oracle.max_pool(*case, pixels), largest)
        np.testing.assert_allclose(oracle.average_pool(*case, pixels), mean, rtol=1e-9, atol=1e-12)


def test_padding_by_pixels_is_tensorflows():
    rng = np.random.default_rng(2)
    for _ in range(CASES):
        images, pool_size, strides = pool(rng, with_padding=True)
        pixels = []
        for size, window in zip(images.shape[1:3], pool_size, strict=True):
            before = rng.integers(0, window)
            pixels.append((before, rng.integers(max(window - size - before, 0), window)))
        margins = [(0, 0), *pixels, (0, 0)]
        largest = tf.nn.max_pool2d(tf.constant(images), pool_size, strides, margins)
        np.testing.assert_array_equal(oracle.max_pool(images, pool_size, strides, pixels), largest)
        # TensorFlow's average pooling takes no pixels: the sum of each window by how many of them exist.
        total, count = (
            tf.nn.avg_pool2d(tf.constant(np.pad(numbers, margins)), pool_size, strides, "VALID")
            for numbers in (images, np.ones_like(images))
        )
        answer = oracle.average_pool(images, pool_size, strides, pixels)
        np.testing.assert_allclose(answer, total / count, rtol=1e-9, atol=1e-12)
