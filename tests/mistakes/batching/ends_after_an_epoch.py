"""Your endless batches end after the first epoch."""


def endless_batches(size, batch_size, rng):
    yield from epoch_batches(size, batch_size, rng)
