"""You drew the indices with replacement, so some come twice in an epoch and others never; shuffle all of
them.
"""


def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    for begin in range(0, size, batch_size):
        yield rng.integers(0, size, min(batch_size, size - begin))
