"""The hidden suite of `batching`."""

from itertools import islice

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, expect_array, points, proves, same
from tests.oracles import batching as oracle
from tests.strategies import few, seeds

sizes = st.integers(1, 20)
batch_sizes = st.integers(1, 8)


def indices_of(batches):
    """The batches as arrays of indices, each checked to be one."""
    checked = [expect_array(batch, (len(batch),)) for batch in batches]
    assert all(batch.dtype.kind in "iu" for batch in checked), "the indices must be whole numbers"
    return checked


def order_of(batches):
    """All indices, in their order."""
    return [int(index) for batch in indices_of(batches) for index in batch]


def are_full(batches, batch_size, count):
    """Check `count` batches of so many examples."""
    assert [len(batch) for batch in batches] == same([batch_size] * count)
    for batch in indices_of(batches):
        assert len(set(batch.tolist())) == batch_size, f"an index is twice in the batch {batch.tolist()}"
        assert 0 <= batch.min() <= batch.max() < batch_size * count, f"no index: {batch.tolist()}"


@proves("epoch_batches")
@few
@given(batch_size=batch_sizes, count=st.integers(1, 4), seed=seeds)
def test_full_batches(batching, batch_size, count, seed):
    """Where the batch size divides the size, all batches are full, and no index is twice in one batch."""
    batches = list(batching.epoch_batches(batch_size * count, batch_size, np.random.default_rng(seed)))
    are_full(batches, batch_size, count)


@proves("endless_batches")
@few
@given(batch_size=batch_sizes, count=st.integers(1, 4), seed=seeds)
def test_full_batches_without_end(batching, batch_size, count, seed):
    """The first batches, where the batch size divides the size, are full, and no index is twice in one batch."""
    stream = batching.endless_batches(batch_size * count, batch_size, np.random.default_rng(seed))
    are_full(list(islice(stream, count)), batch_size, count)


@proves("epoch_batches")
@points(2)
@given(size=sizes, batch_size=batch_sizes, seed=seeds)
def test_every_example_once_an_epoch(batching, size, batch_size, seed):
    """An epoch has each index exactly once: none is missed, none is drawn twice, none is left at the end."""
    batches = list(batching.epoch_batches(size, batch_size, np.random.default_rng(seed)))
    assert sorted(order_of(batches)) == same(list(range(size)))
    assert [len(batch) for batch in batches] == same(oracle.batch_sizes(size, batch_size))


@proves("endless_batches")
@points(2)
@given(size=sizes, batch_size=batch_sizes, seed=seeds, epochs=st.integers(1, 3))
def test_an_epoch_never_reaches_into_the_next(batching, size, batch_size, seed, epochs):
    """Endless batches are epochs one after the other, each with every index once and a short last batch."""
    expected = oracle.batch_sizes(size, batch_size)
    stream = batching.endless_batches(size, batch_size, np.random.default_rng(seed))
    for _ in range(epochs):
        batches = list(islice(stream, len(expected)))
        assert [len(batch) for batch in batches] == same(expected)
        assert sorted(order_of(batches)) == same(list(range(size)))


@proves("epoch_batches")
def test_an_epoch_of_thousands(batching):
    """300 examples in batches of 65, and 70,000 in batches of 9,999: each index is there exactly once."""
    for size, batch_size in ((300, 65), (70_000, 9_999)):
        batches = list(batching.epoch_batches(size, batch_size, np.random.default_rng(4)))
        assert [len(batch) for batch in batches] == same(oracle.batch_sizes(size, batch_size))
        assert np.sort(np.concatenate(indices_of(batches))) == same(np.arange(size))


@given(size=st.integers(2, 20), batch_size=batch_sizes, seed=seeds)
def test_the_same_generator_state_gives_the_same_batches(batching, size, batch_size, seed):
    """Chance comes from `rng` alone: the same seed, the same epoch."""
    one, two = (
        order_of(batching.epoch_batches(size, batch_size, np.random.default_rng(seed))) for _ in range(2)
    )
    assert one == same(two)


def test_the_seed_matters_and_so_does_every_epoch(batching):
    """Other seeds and later epochs have other orders, and none is 0, 1, 2, ..."""
    # Two orders of 100 agree by chance once in 100! > 1e157 times.
    first = np.random.default_rng(1)
    orders = [order_of(batching.epoch_batches(100, 7, first)) for _ in range(3)]
    orders.append(order_of(batching.epoch_batches(100, 7, np.random.default_rng(2))))
    stream = batching.endless_batches(100, 50, np.random.default_rng(3))
    orders += [order_of(islice(stream, 2)) for _ in range(3)]
    orders.append(list(range(100)))
    assert len({tuple(order) for order in orders}) == len(orders), "two epochs have the same order"


def test_every_order_is_as_likely(batching):
    """Over 1,200 epochs of 3 examples, each of the 6 orders comes about 200 times."""
    counts = {}
    stream = batching.endless_batches(3, 3, np.random.default_rng(11))
    for _ in range(1200):
        order = tuple(order_of([next(stream)]))
        counts[order] = counts.get(order, 0) + 1
    # Each count is binomial(1200, 1/6): mean 200, deviation 12.9. By Chernoff's bound,
    # exp(-1200 * KL(p || 1/6)), one of the 6 counts leaves 105 ... 305 with a chance below
    # 6 * (exp(-31.7) + exp(-29.4)) < 2e-12.
    assert len(counts) == 6, f"only {len(counts)} of the 6 orders of 3 examples ever came"
    assert all(105 <= count <= 305 for count in counts.values()), (
        f"the orders are not equally likely: {counts}"
    )


def test_the_global_seed_is_not_used(batching):
    """Two generators in the same state agree although others draw between them."""
    one = batching.epoch_batches(50, 10, np.random.default_rng(5))
    first = order_of(islice(one, 2))
    order_of(batching.epoch_batches(50, 10, np.random.default_rng(99)))
    again = order_of(islice(batching.epoch_batches(50, 10, np.random.default_rng(5)), 2))
    assert first == same(again)


@proves("take")
@points(2)
@given(size=st.integers(1, 6), picks=st.lists(st.integers(0, 99), max_size=6), depth=st.integers(1, 3))
def test_images_and_labels_are_picked_alike(batching, size, picks, depth):
    """The same examples of both, in the order of the indices, as often as an index is there."""
    indices = np.array([pick % size for pick in picks], dtype=np.int64)
    images = np.arange(size * depth * 2, dtype=np.float32).reshape(size, 2, depth)
    labels = np.arange(size) + 100
    assert batching.take(images, labels, indices) == same(oracle.picked(images, labels, indices))


@proves("take")
@few
@given(size=st.sampled_from([2, 65, 300]), shape=st.sampled_from([(), (3, 2, 1), (1, 2, 3)]), seed=seeds)
def test_images_are_picked_as_they_are(batching, size, shape, seed):
    """Fractions, negative, tiny and large numbers of float64 are the same afterwards, to the last digit."""
    rng = np.random.default_rng(seed)
    scales = np.array([1e-12, -0.0, 1.0, 1e6])
    images = rng.standard_normal((size, *shape)) * rng.choice(scales, (size, *shape))
    labels, indices = rng.permutation(size), rng.integers(0, size, 70)
    assert batching.take(images, labels, indices) == same(oracle.picked(images, labels, indices))


@proves("predict_in_batches")
@points(2)
@given(size=st.integers(1, 12), batch_size=batch_sizes, seed=st.integers(0, 99))
def test_prediction_in_batches_is_prediction(batching, size, batch_size, seed):
    """The answers are those for all images at once, in their order; no batch is larger than allowed."""
    images = np.random.default_rng(seed).integers(0, 9, (size, 2, 3, 1)).astype(np.float32)
    predictor = batching.ThresholdPredictor(4)
    answer = batching.predict_in_batches(predictor, images, batch_size)
    assert answer == same(oracle.threshold(images, 4))
    shown = [int(count) for count in predictor.batch_sizes]
    assert sum(shown) == same(size)
    assert all(0 < count <= batch_size for count in shown), (
        f"it was shown {shown} at a time, not {batch_size}"
    )


@proves("predict_in_batches")
@few
@given(
    shape=st.sampled_from([(65, 2, 3, 1), (300, 1, 2, 2), (70, 3)]),
    batch_size=st.sampled_from([7, 64, 500]),
    scale=st.sampled_from([0.3, -0.3, 1e6, -1e6, 1e-12, -1e-12]),
    seed=seeds,
)
def test_images_are_shown_as_they_are(batching, shape, batch_size, scale, seed):
    """Images keep all digits of float64: what is larger than the threshold by a billionth of it counts."""
    larger = np.random.default_rng(seed).integers(0, 2, shape[0])
    levels = scale + abs(scale) * np.where(larger, 1e-9, -1e-9)
    images = np.broadcast_to(levels.reshape(-1, *[1] * (len(shape) - 1)), shape)
    answer = batching.predict_in_batches(batching.ThresholdPredictor(scale), images, batch_size)
    assert answer == same(larger)


def test_sizes_below_one_are_refused(batching):
    """A size or batch size below 1, or no images, is a ValueError; of batches at the latest with the first."""
    for make_batches in (batching.epoch_batches, batching.endless_batches):
        for argument in ("size", "batch_size"):
            for value in (0, -3):
                arguments = {"size": 5, "batch_size": 2, argument: value}
                with bad_input(argument, value):
                    next(iter(make_batches(**arguments, rng=np.random.default_rng(1))))
    predictor = batching.ThresholdPredictor(0)
    for batch_size in (-1, 0):
        with bad_input("batch_size", batch_size):
            batching.predict_in_batches(predictor, np.ones((2, 2)), batch_size)
    with bad_input("images", 0):
        batching.predict_in_batches(predictor, np.ones((0, 2)), 3)


def test_other_numbers_of_labels_are_refused(batching):
    """Three images and two or four labels are a ValueError, even where the indices fit both."""
    for labels in (2, 4):
        with bad_input("labels", labels):
            batching.take(np.ones((3, 2)), np.ones(labels), np.array([0]))
