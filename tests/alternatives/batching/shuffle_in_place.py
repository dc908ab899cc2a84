"""Shuffles a list of indices and splits it; lists instead of arrays; a recursive stream; a filled array."""

import numpy as np


def epoch_batches(size, batch_size, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = np.arange(size, dtype=np.int32)
    rng.shuffle(order)
    return np.split(order, range(batch_size, size, batch_size))


def endless_batches(size, batch_size, rng):
    epoch = iter(())
    while True:
        try:
            batch = next(epoch)
        except StopIteration:
            epoch = iter(epoch_batches(size, batch_size, rng))
            batch = next(epoch)
        yield batch


def predict_in_batches(predict, images, batch_size):
    if not batch_size >= 1:
        raise ValueError(f"batch_size: {batch_size}")
    if not len(images):
        raise ValueError("there are 0 images")
    answer = None
    for begin in range(0, len(images), batch_size):
        some = predict(images[begin : begin + batch_size])
        if answer is None:
            answer = np.empty((len(images), *some.shape[1:]), some.dtype)
        answer[begin : begin + len(some)] = some
    return answer
