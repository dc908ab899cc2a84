from itertools import chain, cycle


def endless_batches(size, batch_size, rng):
    return chain.from_iterable(cycle([list(epoch_batches(size, batch_size, rng))]))
