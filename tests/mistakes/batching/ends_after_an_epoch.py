"""Your endless batches end after the first epoch; begin the next one, again and again."""


def endless_batches(size, batch_size, rng):
    yield from epoch_batches(size, batch_size, rng)
