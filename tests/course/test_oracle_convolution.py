"""The oracle of `convolution` gives the answers of SciPy and TensorFlow."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.signal
import tensorflow as tf

from tests.oracles import convolution as oracle


def test_convolve_row_is_scipys():
    rng = np.random.default_rng(1)
    for _ in range(1000):
        kernel = rng.normal(size=rng.integers(1, 8))
        row = rng.normal(size=rng.integers(len(kernel), 20))
        expected = scipy.signal.correlate(row, kernel, "valid", "direct")
        np.testing.assert_allclose(oracle.convolve_row(row, kernel), expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("padding", ["VALID", "SAME"])
def test_conv2d_is_tensorflows(padding):
    rng = np.random.default_rng(2)
    for _ in range(500):
        size, strides, (batch, channels, filters) = (
            rng.integers(1, most, count).tolist() for most, count in ((6, 2), (5, 2), (4, 3))
        )
        # Under SAME, an image may be smaller than the kernel.
        smallest = size if padding == "VALID" else [1, 1]
        images = rng.normal(size=(batch, *rng.integers(smallest, 10), channels))
        kernel, bias = rng.normal(size=(*size, channels, filters)), rng.normal(size=filters)
        expected = tf.nn.conv2d(images, kernel, strides, padding) + bias
        zeros = oracle.same_padding(images, size, strides) if padding == "SAME" else ((0, 0), (0, 0))
        padded = np.pad(images, ((0, 0), *zeros, (0, 0)))
        answer = oracle.conv2d(padded, kernel, bias, strides)
        np.testing.assert_allclose(answer, expected, rtol=1e-9, atol=1e-12)
