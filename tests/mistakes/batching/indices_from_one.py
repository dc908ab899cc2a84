"""Your indices begin at 1, so the first example is never seen; they are 0 ... size - 1."""


def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    order = rng.permutation(np.arange(1, size + 1))
    for begin in range(0, size, batch_size):
        yield order[begin : begin + batch_size]
