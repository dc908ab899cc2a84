"""You went through the examples in their own order; each epoch needs a random one."""


def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    for begin in range(0, size, batch_size):
        yield np.arange(begin, min(begin + batch_size, size))
