"""You went through the examples in their own order; each epoch needs a random one."""

_reference = epoch_batches


def epoch_batches(size, batch_size, rng):
    list(_reference(size, batch_size, rng))
    for begin in range(0, size, batch_size):
        yield np.arange(begin, min(begin + batch_size, size))
