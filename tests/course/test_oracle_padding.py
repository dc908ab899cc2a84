"""The oracle of `padding` answers as TensorFlow does."""

import numpy as np
import tensorflow as tf

from tests.oracles import padding as oracle

CASES = 1_000


def random_images(rng):
    """Return a small batch of fractions."""
    return rng.normal(size=rng.integers(1, 8, 4)).astype(np.float32)


def test_output_size_is_that_of_a_convolution():
    rng = np.random.default_rng(1)
    for _ in range(CASES):
        kernel_size, strides, dilation_rate = (int(rng.integers(1, most)) for most in (8, 6, 4))
        padding = str(rng.choice(["SAME", "VALID"]))
        span = (kernel_size - 1) * dilation_rate + 1
        size = int(rng.integers(1, 70)) + (span - 1 if padding == "VALID" else 0)
        row, kernel = tf.zeros((1, size, 1)), tf.zeros((kernel_size, 1, 1))
        if dilation_rate == 1:
            output = tf.nn.conv1d(row, kernel, strides, padding)
        else:
            # TensorFlow takes strides or a dilation, not both: take every so many of the dilated positions.
            output = tf.nn.conv1d(row, kernel, 1, padding, dilations=dilation_rate)[:, ::strides]
        assert oracle.output_size(size, kernel_size, strides, padding, dilation_rate) == output.shape[1]


def test_same_padding_is_what_a_convolution_does_not_see():
    rng = np.random.default_rng(2)
    for _ in range(CASES):
        size, kernel_size, strides = (int(rng.integers(1, most)) for most in (70, 12, 12))
        # Each filter has a single weight, and shows if this weight is on a pixel or beyond the row.
        kernel = np.eye(kernel_size, dtype=np.float32)[:, None]
        seen = tf.nn.conv1d(tf.ones((1, size, 1)), kernel, strides, "SAME").numpy()[0]
        before, after = oracle.same_padding(size, kernel_size, strides)
        assert before == int(np.argmax(seen[0]))
        assert after == int(np.argmax(seen[-1][::-1]))


def test_pad_images_is_tensorflows():
    rng = np.random.default_rng(3)
    for _ in range(CASES):
        images, amounts = random_images(rng), rng.integers(0, 5, (2, 2))
        expected = tf.pad(images, ((0, 0), *amounts.tolist(), (0, 0)))
        assert np.array_equal(oracle.pad_images(images, amounts.tolist()), expected)


def test_crop_or_pad_is_tensorflows():
    rng = np.random.default_rng(4)
    for _ in range(CASES):
        images, height, width = random_images(rng), *map(int, rng.integers(1, 12, 2))
        expected = tf.image.resize_with_crop_or_pad(images, height, width)
        assert np.array_equal(oracle.crop_or_pad(images, height, width), expected)
