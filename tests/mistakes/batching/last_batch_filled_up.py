"""You filled the last batch up with examples from the beginning of the epoch, which then come twice; leave
it short.
"""


def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    order = rng.permutation(size)
    for begin in range(0, size, batch_size):
        yield order[np.arange(begin, begin + batch_size) % size]
