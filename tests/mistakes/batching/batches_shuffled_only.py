"""You shuffled the batches but not the examples, so the same neighbours share a batch in every epoch;
shuffle the indices first.
"""


def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    for begin in rng.permutation(range(0, size, batch_size)):
        yield np.arange(begin, min(begin + batch_size, size))
