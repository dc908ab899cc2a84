"""Splits the whole order at once; an endless stream is a chain of epochs."""

from itertools import chain, repeat


def epoch_batches(size, batch_size, rng):
    if size < 1:
        raise ValueError(f"size {size}")
    if batch_size < 1:
        raise ValueError(f"batch_size {batch_size}")
    return iter(np.split(rng.permutation(size), range(batch_size, size, batch_size)))


def endless_batches(size, batch_size, rng):
    return chain.from_iterable(epoch_batches(*arguments) for arguments in repeat((size, batch_size, rng)))


def predict_in_batches(predict, images, batch_size):
    if batch_size < 1:
        raise ValueError(f"batch_size {batch_size}")
    if not len(images):
        raise ValueError("images: 0 of them")
    parts = np.split(images, range(batch_size, len(images), batch_size))
    return np.concatenate(list(map(predict, parts)))
