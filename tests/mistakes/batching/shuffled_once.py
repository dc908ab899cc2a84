"""You shuffled once and repeat that order in every epoch; each epoch needs a new one."""


def endless_batches(size, batch_size, rng):
    epoch = list(epoch_batches(size, batch_size, rng))
    while True:
        yield from epoch
