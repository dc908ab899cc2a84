"""You made `batch_size` batches; each batch has `batch_size` examples, however many batches that takes."""


def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    yield from np.array_split(rng.permutation(size), batch_size)
