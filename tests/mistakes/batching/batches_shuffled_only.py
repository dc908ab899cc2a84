"""You shuffled the batches but not the examples: the same neighbours come in one batch in every epoch."""

_reference = epoch_batches


def epoch_batches(size, batch_size, rng):
    list(_reference(size, batch_size, np.random.default_rng(0)))
    for begin in rng.permutation(range(0, size, batch_size)):
        yield np.arange(begin, min(begin + batch_size, size))
