"""Images that are shifted, turned and scaled a little."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from trainer.augment import augmented


def test_a_blob_stays_a_blob(data):
    """Shape and dtype stay, values stay in 0 to 1, the centre moves by less than four pixels."""
    images = data.train.images
    moved = augmented(tf.constant(images), tf.constant([1, 2], tf.int64)).numpy()
    assert moved.shape == images.shape
    assert moved.dtype == images.dtype
    assert moved.min() >= 0
    assert moved.max() <= 1 + 1e-6

    def centres(batch):
        weight = batch[..., 0]
        rows = (weight.sum(axis=2) @ np.arange(28)) / weight.sum(axis=(1, 2))
        columns = (weight.sum(axis=1) @ np.arange(28)) / weight.sum(axis=(1, 2))
        return np.stack([rows, columns], axis=1)

    distance = centres(moved) - centres(images)
    assert np.abs(distance).max() < 4
    assert np.abs(distance).mean() > 0.3
    # As often to one side as to the other.
    assert np.abs(distance.mean(axis=0)).max() < 0.5


def test_the_seed_decides(data):
    images = tf.constant(data.train.images[:5])
    first, again, other = (augmented(images, tf.constant([1, n], tf.int64)).numpy() for n in (2, 2, 3))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.1
