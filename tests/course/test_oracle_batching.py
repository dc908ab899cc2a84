"""The oracles of `batching` against scikit-learn and TensorFlow, on 1,000 random cases each."""

import numpy as np
import tensorflow as tf
from sklearn.preprocessing import Binarizer
from sklearn.utils import gen_batches

from tests.oracles import batching as oracle

CASES = 1000


def test_batch_sizes():
    rng = np.random.default_rng(1)
    for size, batch_size in rng.integers(1, [400, 70], (CASES, 2)).tolist():
        expected = [batch.stop - batch.start for batch in gen_batches(size, batch_size)]
        assert oracle.batch_sizes(size, batch_size) == expected


def test_picked():
    rng = np.random.default_rng(2)
    for shape in [(), (5,), (2, 3, 1), (1, 65, 3)]:
        for _ in range(CASES // 4):
            size, count = rng.integers(1, 20), rng.integers(0, 9)
            images, labels = rng.normal(size=(size, *shape)), rng.permutation(size)
            indices = rng.integers(0, size, count)
            found = oracle.picked(images, labels, indices)
            for answer, array in zip(found, (images, labels), strict=True):
                np.testing.assert_array_equal(answer, tf.gather(array, indices))


def test_threshold():
    rng = np.random.default_rng(3)
    for threshold in (0.0, 0.5, -0.25, 1e-12):
        for scale in (1e-12, 1.0, 1e6):
            images = scale * rng.normal(size=(CASES, 2, 3, 1))
            means = images.mean(axis=(1, 2, 3)).reshape(-1, 1)
            expected = Binarizer(threshold=threshold).fit_transform(means)[:, 0]
            np.testing.assert_array_equal(oracle.threshold(images, threshold), expected)
