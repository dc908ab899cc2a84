"""Batching: feed a network a few examples at a time, all of them once an epoch.

A gradient over all 55,000 training images would be exact and slow. One over a batch of 64 is a good guess of
it, and 860 such guesses cost as much as one exact answer. An *epoch* is one walk through all the examples, in
a new random order each time, so that no two batches are ever alike. Shuffling *indices* rather than images
keeps each image with its label: the same indices pick from both.

After training, prediction goes in batches too: there it is memory that is short, since a layer's outputs for
10,000 images at once can take gigabytes.

Picture: docs/pictures/batching.svg
Sources: https://www.deeplearningbook.org/contents/optimization.html (8.1.3),
https://numpy.org/doc/stable/reference/random/generator.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from arrays import check_at_least_one
from jaxtyping import Int, Shaped


class ThresholdPredictor:
    """Given: a stand-in for a network, to try `predict_in_batches` with.

    It says 1 for an image whose mean is above the threshold and 0 for the others, and notes how many images
    it was shown at a time.

    Attributes:
        batch_sizes: the number of images of each call so far.
    """

    def __init__(self, threshold: float):
        self.threshold = threshold
        self.batch_sizes: list[int] = []

    def __call__(self, images: np.ndarray) -> np.ndarray:
        """Return a class for each image, an int64 array of shape (batch,)."""
        self.batch_sizes.append(len(images))
        return (images.reshape(len(images), -1).mean(axis=1) > self.threshold).astype(np.int64)


def epoch_batches(
    size: int, batch_size: int, rng: np.random.Generator
) -> Iterator[Int[np.ndarray, " batch"]]:
    """Yield the indices of one epoch, batch by batch: each of 0 ... size - 1 exactly once, in random order.

    All batches have `batch_size` indices but the last, which has what is left over. To leave it out would
    keep some examples from ever being seen.

    Args:
        size: how many examples there are, at least 1.
        batch_size: how many a batch has, at least 1. More than `size` makes one batch of all.
        rng: the only source of chance: the same generator state gives the same batches, and the next epoch
            from the same generator has another order.

    Raises:
        ValueError: for a size or batch size below 1; the message names the argument and its value. Before or
            when the first batch is asked for.

    >>> batches = list(epoch_batches(5, 2, np.random.default_rng(0)))
    >>> [len(batch) for batch in batches]
    [2, 2, 1]
    >>> sorted(int(index) for batch in batches for index in batch)
    [0, 1, 2, 3, 4]
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def endless_batches(
    size: int, batch_size: int, rng: np.random.Generator
) -> Iterator[Int[np.ndarray, " batch"]]:
    """Yield batches for ever: one epoch after the other, each in a new order.

    The batches of an epoch are those of `epoch_batches`, the short last one included, so that an epoch never
    reaches into the next one.

    Raises:
        ValueError: as `epoch_batches`.

    >>> from itertools import islice
    >>> [len(batch) for batch in islice(endless_batches(5, 2, np.random.default_rng(0)), 5)]
    [2, 2, 1, 2, 2]
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def take(
    images: Shaped[np.ndarray, "size ..."],
    labels: Shaped[np.ndarray, " size"],
    indices: Int[np.ndarray, " batch"],
) -> tuple[Shaped[np.ndarray, "batch ..."], Shaped[np.ndarray, " batch"]]:
    """Return the images and the labels of a batch: the same examples of both, in the order of the indices.

    Raises:
        ValueError: where there are not as many labels as images; the message names `labels` and how many
            there are.

    >>> take(np.array([[10, 11], [20, 21], [30, 31]]), np.array([1, 2, 3]), np.array([2, 0]))
    (array([[30, 31],
           [10, 11]]), array([3, 1]))
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def predict_in_batches(
    predict: Callable[[np.ndarray], np.ndarray], images: Shaped[np.ndarray, "size ..."], batch_size: int
) -> Shaped[np.ndarray, "size ..."]:
    """Return what `predict` says of each image, showing it no more than `batch_size` of them at a time.

    The answer is that of `predict(images)`, in the order of the images: nothing is shuffled here.

    Args:
        predict: takes images, returns one prediction for each, along the first axis. It is never shown an
            empty batch.
        images: at least one.
        batch_size: at least 1.

    Raises:
        ValueError: for a batch size below 1 (`batch_size` and its value) or no images (`images`, and 0).

    >>> predictor = ThresholdPredictor(2)
    >>> predict_in_batches(predictor, np.array([[1], [2], [3], [4], [5]]), batch_size=2)
    array([0, 0, 1, 1, 1])
    >>> predictor.batch_sizes
    [2, 2, 1]
    """
    # YOUR CODE HERE
    raise NotImplementedError()
