"""The public suite of `batching`: five or six examples, counted on the fingers."""

from itertools import islice

import numpy as np

from autograder import bad_input, points, same


def indices_of(batches):
    """All indices in the batches, sorted."""
    return sorted(int(index) for batch in batches for index in batch)


@points(2)
def test_every_example_once(batching):
    """An epoch of 5 examples has each of 0 1 2 3 4 exactly once."""
    assert indices_of(batching.epoch_batches(5, 2, np.random.default_rng(1))) == same([0, 1, 2, 3, 4])


def test_the_last_batch_is_short(batching):
    """5 examples in batches of 2: 2 + 2 + 1. The last one is not left out."""
    batches = list(batching.epoch_batches(5, 2, np.random.default_rng(1)))
    assert [len(batch) for batch in batches] == same([2, 2, 1])


def test_the_order_is_random(batching):
    """A hundred examples in their own order, or the same order twice, would be an odd chance."""
    rng = np.random.default_rng(1)
    epochs = [[int(i) for batch in batching.epoch_batches(100, 10, rng) for i in batch] for _ in range(2)]
    assert epochs[0] != list(range(100)), "the order is 0, 1, 2, ...: shuffle the indices"
    assert epochs[0] != epochs[1], "two epochs came in the same order"
    # Ten neighbours, such as 30 ... 39, share a batch by an odd chance too.
    assert max(epochs[0][:10]) - min(epochs[0][:10]) > 9, "shuffle the examples, not the batches"


def test_chance_comes_from_the_generator(batching):
    """Two generators with the seed 1 give the same batches, one with the seed 2 others: a run can be repeated."""
    epochs = [
        [int(i) for batch in batching.epoch_batches(100, 10, np.random.default_rng(seed)) for i in batch]
        for seed in (1, 1, 2)
    ]
    assert epochs[0] == same(epochs[1])
    assert epochs[0] != epochs[2], "two seeds gave the same order: draw from `rng`"


def test_epoch_after_epoch(batching):
    """Endless batches of 3 from 5: 3, 2, 3, 2, ...; the first two make an epoch, the next two another."""
    batches = list(islice(batching.endless_batches(5, 3, np.random.default_rng(1)), 4))
    assert [len(batch) for batch in batches] == same([3, 2, 3, 2])
    assert indices_of(batches[:2]) == same([0, 1, 2, 3, 4])
    assert indices_of(batches[2:]) == same([0, 1, 2, 3, 4])


def test_each_epoch_has_another_order(batching):
    """Endless batches of 50 from 100: the first two are one epoch, the next two the same examples in a new order."""
    batches = list(islice(batching.endless_batches(100, 50, np.random.default_rng(1)), 4))
    first, second = ([int(i) for batch in pair for i in batch] for pair in (batches[:2], batches[2:]))
    assert first != second, "two epochs came in the same order"


def test_images_keep_their_labels(batching):
    """Indices 2 and 0 pick the third and the first image, and the third and the first label."""
    images, labels = np.array([[10, 11], [20, 21], [30, 31]]), np.array([1, 2, 3])
    answer = batching.take(images, labels, np.array([2, 0]))
    assert answer == same((np.array([[30, 31], [10, 11]]), np.array([3, 1])))


@points(2)
def test_prediction_in_batches(batching):
    """Five images, two at a time: the predictor sees 2, 2 and 1; the answers keep the order."""
    predictor = batching.ThresholdPredictor(2)
    images = np.array([[1], [5], [2], [4], [3]])
    assert batching.predict_in_batches(predictor, images, 2) == same(np.array([0, 1, 0, 1, 1]))
    assert predictor.batch_sizes == same([2, 2, 1])


def test_no_batch_is_empty(batching):
    """Four images, two at a time: 2 + 2, and no empty batch after them."""
    predictor = batching.ThresholdPredictor(2)
    assert batching.predict_in_batches(predictor, np.array([[1], [5], [2], [4]]), 2) == same(
        np.array([0, 1, 0, 1])
    )
    assert predictor.batch_sizes == same([2, 2])


def test_images_are_shown_as_they_are(batching):
    """0.5 is not above 0.5, 0.500000001 is: whole numbers, or seven digits, are not enough."""
    images = np.array([[0.5], [0.500000001], [-0.5]])
    assert batching.predict_in_batches(batching.ThresholdPredictor(0.5), images, 2) == same(
        np.array([0, 1, 0])
    )


def test_wrong_arguments_are_named(batching):
    """A batch of 0 examples, no images, two labels for three images: ValueError with the argument and its size."""
    with bad_input("batch_size", 0):
        list(batching.epoch_batches(5, 0, np.random.default_rng(1)))
    with bad_input("batch_size", 0):
        batching.predict_in_batches(batching.ThresholdPredictor(2), np.ones((3, 1)), 0)
    with bad_input("images", 0):
        batching.predict_in_batches(batching.ThresholdPredictor(2), np.ones((0, 1)), 2)
    with bad_input("labels", 2):
        batching.take(np.ones((3, 1)), np.ones(2), np.array([0]))
